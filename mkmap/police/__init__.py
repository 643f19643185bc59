"""THE ONE HTTP CLIENT OF police.uk: pacing, deadlines, trying again, and the sentences of its refusals."""
