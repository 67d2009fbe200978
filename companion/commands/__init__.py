"""The command line: party, serve, sheet, rehearse, db, doctor."""
