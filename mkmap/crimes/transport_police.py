"""Name the one force whose crimes stand among another's: the API's answers have them, the archive's files of a force hardly."""

TRANSPORT_POLICE = "British Transport Police"  # as a force is named in a row
