"""IS A MONTH WHOLE: a profile of each, judged by the force's others."""
