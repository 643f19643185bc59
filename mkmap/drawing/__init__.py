"""HOW PICTURES ARE DRAWN: colours, the parts of charts, figures with their tables, QR codes. Knows no data."""
