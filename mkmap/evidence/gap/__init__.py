"""POLICE AND RESIDENTS: what the police did about reports, in lots that tell nothing of one."""
