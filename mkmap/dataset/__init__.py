"""REAL OR INVENTED? The only room that asks; and the invented town, crimes, plans and reports."""
