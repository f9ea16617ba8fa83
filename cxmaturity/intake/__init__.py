"""Reading other people's files: tables from CSV and XLSX, layouts of survey tools, imports.

Every byte that comes in here is foreign: it is held to the limits of `cxmaturity.text.limits`,
nothing about it is guessed silently, and what cannot be read is refused with file, row and column.
"""
