"""WHAT LEADS TO SOMEBODY in a text: each kind looked for in a skeleton of it, however it is written."""
