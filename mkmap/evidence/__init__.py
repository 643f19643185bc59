"""WHAT THE NUMBERS CAN AND CANNOT SAY: change, claims, ranking, outcomes, gap. No input, no output: frames and values in, values out."""
