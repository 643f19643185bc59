"""Say to people what each code means: one sentence a code, translated when it is said.

A sentence says what happened, what was kept and what to do. One that begins with a small letter follows the name of a file.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from mkmap.error_codes import Code
from mkmap.month import Month
from mkmap.words import Message, Plural, _, listed, ngettext, number

# What else became of an import; where a file was left out of one, LEFT_OUT takes their place.
KEPT = {"imported": Message("Nothing was imported."), "changed": Message("Nothing was changed.")}
LEFT_OUT = dict.fromkeys(KEPT, Message("This file was left out; the others were imported."))

Value = str | int | date | Path | Month | Sequence[str]  # int: an amount; what only looks like a number (a year) is a text


def sentence(code: Code, values: Mapping[str, Value]) -> str:
    """What happened, in the language of whoever is spoken to now."""
    written = {name: _written(value) for name, value in {**KEPT, **values}.items()}
    return _form(SENTENCES[code], values).format(**written).strip()  # a sentence at its end may be none


def _form(form: Message | Plural, values: Mapping[str, Value]) -> str:
    if isinstance(form, Message):
        return _(form)
    count = values[form.by]
    assert isinstance(count, int)
    return ngettext(form.one, form.many, count)


def _written(value: Value) -> str | date | Path:
    match value:
        case Message():
            return _(value)
        case Month():
            return value.name
        case int():
            return number(value)
        case str() | date() | Path():
            return value
    return listed([str(_written(item)) for item in value])


SENTENCES: Mapping[Code, Message | Plural] = {
    # settings
    Code.SETTING_UNUSABLE: Message("The setting {name} cannot be used. Correct it and start again."),
    Code.SETTING_MISSHAPEN: Message(
        "The setting {name} cannot be used: it does not have the form {pattern}. Correct it and start again."
    ),
    Code.SETTING_NOT_A_DATE: Message(
        "The setting {name} cannot be used: it must be a date like 2014-05-22. Correct it and start again."
    ),
    Code.SETTING_NOT_A_SWITCH: Message("The setting {name} cannot be used: it must be 1 or 0. Correct it and start again."),
    Code.SETTING_UNKNOWN: Message("There is no setting {name}. Take it away, or correct it, and start again."),
    Code.SETTING_MISSPELT: Message("There is no setting {name}. Did you mean {meant}? Correct it and start again."),
    Code.FORCE_UNKNOWN: Message(
        "police.uk has no force “{force}”. Set MKMAP_FORCE to the name that its addresses and files have, like thames-valley, and "
        "start again."
    ),
    Code.FORCE_MISSPELT: Message(
        "police.uk has no force “{force}”. Did you mean {meant}? Correct MKMAP_FORCE and start again."
    ),
    Code.OFFLINE: Message("MKMAP_OFFLINE is set: no request leaves this machine. Nothing was changed."),
    # lake: files in a folder
    Code.FILE_MISSING: Message("{file} is missing."),
    Code.FILE_CHANGED: Message("{file} is not the file that was stored: its checksum differs."),
    Code.FILE_UNREADABLE: Message("{file} cannot be read."),
    Code.MANIFEST_CHANGED: Message(
        "{file} is not as it was written: its checksum differs. Move its folder away, then import or load again what was in it."
    ),
    Code.MANIFEST_UNREADABLE: Message("The manifest of {folder} cannot be read."),
    Code.FOLDER_UNWRITABLE: Message(
        "{folder} cannot be written: {why}. Nothing was changed; make room there, or allow writing, and try again."
    ),
    Code.STORE_BUSY: Message(
        "Process {process} has been changing the store since {since}. Nothing was changed here; try again when it is done."
    ),
    Code.STORE_OF_ANOTHER_FORCE: Message(
        "This is the store of {known}, but MKMAP_FORCE is {force}. Nothing was changed. Set MKMAP_FORCE to {known}, or give {force} a "
        "folder of its own with MKMAP_HOME."
    ),
    # database
    Code.DATABASE_URL_UNUSABLE: Message(
        "The setting MKMAP_DATABASE_URL cannot be used: it must be like postgresql://user@host/name. Correct it and start "
        "again."
    ),
    Code.DATABASE_SILENT: Message(
        "The reports cannot be reached or written at the moment. Nothing that was kept is lost; try again in a minute."
    ),
    Code.DATABASE_DAMAGED: Message("The reports' database is damaged; restore a backup."),
    Code.DATABASE_NEWER: Message("The reports were written by a newer mkmap. Nothing was changed; run that one."),
    Code.STORE_MISSING: Message(
        "Residents' reports were kept here, and their database is gone or empty. No report is taken until whoever runs this site "
        "restores a backup (“python -m mkmap restore FILE”) or begins with none (“python -m mkmap reports begin”)."
    ),
    Code.STORE_ANOTHER: Message(
        "The database of residents' reports is not the one that was kept here. No report is taken until whoever runs this site "
        "brings the right one back, restores a backup, or accepts this one (“python -m mkmap reports begin”)."
    ),
    Code.STORE_OLDER: Message(
        "The database of residents' reports is older than what is known of it: reports that were erased or withdrawn stand in it "
        "again. No report is taken until whoever runs this site accepts it (“python -m mkmap reports begin”); they are erased again then."
    ),
    Code.WITNESS_DAMAGED: Message(
        "{file} cannot be read, so nobody can tell whether residents' reports are those that were kept here. No report is taken "
        "until whoever runs this site has the file made anew (“python -m mkmap reports begin”)."
    ),
    Code.WITNESS_UNWRITABLE: Message(
        "{folder} cannot be written: {why}. The reports are in their database, but nobody knows yet that it is the right one. "
        "Allow writing there, and run “python -m mkmap reports begin”."
    ),
    Code.BACKUP_DAMAGED: Message("the backup is damaged. Nothing was changed."),
    Code.BACKUP_OF_ANOTHER_VERSION: Message("the backup is of another version of mkmap. Nothing was changed."),
    # places: files and addresses
    Code.NO_SUCH_FILE: Message("there is no such file. Nothing was changed."),
    Code.FILE_TOO_LARGE: Message("the file is larger than {limit} MB. Nothing was changed."),
    Code.ANSWER_TOO_LARGE: Message("the answer is larger than {limit} MB. Nothing was changed."),
    Code.ADDRESS_TIMED_OUT: Message("{address} did not answer in time. Nothing was changed; try again later, or load a file."),
    Code.ADDRESS_SAID_NO: Message(
        "{address} answered with the error {status}. Nothing was changed; try again later, or load a file."
    ),
    Code.ADDRESS_NOT_PROVED: Message(
        "{address} could not prove that it is who it says. Nothing was changed; try again later, or load a file."
    ),
    Code.ADDRESS_UNREACHABLE: Message("{address} could not be reached. Nothing was changed; try again later, or load a file."),
    Code.ADDRESS_BROKE_OFF: Message(
        "The answer of {address} broke off or cannot be read. Nothing was changed; try again later, or load a file."
    ),
    # places: layers of boundaries
    Code.LAYER_UNDESCRIBED: Message(
        "{address} does not describe a layer of boundaries. Nothing was changed; try again later, or load a file."
    ),
    Code.LAYER_NOT_DATA: Message(
        "{address} answered with something that is not data. Nothing was changed; try again later, or load a file."
    ),
    Code.LAYER_REFUSED: Message("{address} refused: {why}. Nothing was changed; try again later, or load a file."),
    Code.LAYER_REFUSED_WITHOUT_REASON: Message(
        "{address} refused: it gave no reason. Nothing was changed; try again later, or load a file."
    ),
    Code.LAYER_EMPTY: Message("{address} gave no boundaries. Nothing was changed; try again later, or load a file."),
    Code.LAYER_BROKE_OFF: Message(
        "{address} says that there is more and does not give it. Nothing was changed; try again later, or load a file."
    ),
    Code.LAYER_REPEATS: Message(
        "{address} gives the same wards again instead of the next. Nothing was changed; try again later, or load a file."
    ),
    Code.LAYER_ENDLESS: Message(
        "{address} gives more wards than there can be. Nothing was changed; try again later, or load a file."
    ),
    Code.LAYER_WITHOUT_DISTRICTS: Message(
        "the layer has no column of the districts' codes, such as LAD25CD. Nothing was changed."
    ),
    Code.LAYER_WITHOUT_WARDS: Message(
        "the layer has no columns of ward codes and ward names, such as WD25CD and WD25NM. Nothing was changed."
    ),
    Code.LAYER_WITHOUT_AREA: Message("the layer has no ward of {area}. Nothing was changed."),
    # places: ward sets
    Code.WARD_SET_UNNAMABLE: Message(
        "A ward set cannot be named {name!r}: use up to 40 letters, digits, spaces, dots, hyphens and underscores, and not "
        "the name of another column ({columns}). Nothing was changed."
    ),
    Code.WARD_SET_ABSENT: Message("No ward set is called “{name}”; those that are stored: {names}. Nothing was changed."),
    Code.NO_WARD_SETS: Message("No ward set is stored. Nothing was changed."),
    Code.WARD_SET_ENDS_EARLY: Message("A ward set cannot end ({end}) before it starts ({start}). Nothing was changed."),
    Code.NOT_BOUNDARIES: Message(
        "this is not a file of boundaries that can be read: that is GeoJSON, a GeoPackage, a Shapefile, KML, FlatGeobuf, GeoParquet, "
        "TopoJSON or a file geodatabase, in a zip or not. Nothing was changed."
    ),
    Code.BOUNDARIES_ABSENT: Message("the file has no boundaries in it. Nothing was changed."),
    Code.BOUNDARIES_ELSEWHERE: Message(
        "the file only points to other files or addresses, which are not followed. Nothing was changed."
    ),
    Code.WARD_COLUMNS_MISSING: Message(
        "which column has the names of the wards is not clear; its columns are {columns}. Say it with --name, and with --code where the "
        "codes are. Nothing was changed."
    ),
    Code.COLUMN_ABSENT: Message("the file has no column {column}; its columns are {columns}. Nothing was changed."),
    Code.NO_WARD_CODES: Message(
        "{text!r} in the column {column} is no code of a ward, such as E05009406. Say with --code where the codes are, or, with "
        "--name {name} alone, that they are to be made of the names. Nothing was changed."
    ),
    Code.ROWS_ARE_NO_WARDS: Message("by their codes or names its rows are {kind}, not wards. Nothing was changed."),
    Code.AREA_WITHOUT_WARDS: Message("the file has no ward of {area}. Nothing was changed."),
    Code.WARDS_OF_OTHERS: Message(
        "the file says that its wards are of {districts}, and none is of {name} ({area}). Load the wards of {name}, or correct the "
        "settings MKMAP_AREA and MKMAP_AREA_NAME. Nothing was changed."
    ),
    Code.WARDS_WITHOUT_DISTRICTS: Plural(
        "count",
        "the file has {count} ward and does not say whether it is of {area}. Nothing was changed.",
        "the file has {count} wards and does not say which are of {area}. Nothing was changed.",
    ),
    Code.WARD_WITHOUT_NAME: Message("the ward with the code {code!r} has no name. Nothing was changed."),
    Code.WARD_CODE_UNUSABLE: Message("the ward {ward} has no code that can be used: {code!r}. Nothing was changed."),
    Code.WARD_CODE_TWICE: Message("the code {code} of the ward {ward} stands there twice. Nothing was changed."),
    Code.WARD_PARTS_OVERLAP: Message(
        "the ward {ward} stands in several rows whose areas lie over each other. Nothing was changed."
    ),
    Code.COORDINATES_UNNAMED: Message("the file does not say its coordinate system. Nothing was changed."),
    Code.COORDINATES_MISNAMED: Message(
        "the coordinates of the file do not fit the coordinate system that it names. Nothing was changed."
    ),
    Code.WARD_WITHOUT_BOUNDARY: Message("the ward {ward} has no boundary. Nothing was changed."),
    Code.WARD_NOT_A_POLYGON: Message("the ward {ward} is not a polygon but a {kind}. Nothing was changed."),
    Code.WARD_ABROAD: Message(
        "the ward {ward} is not in the United Kingdom: its coordinates are swapped, or not longitude and latitude as the "
        "file says. Nothing was changed."
    ),
    Code.WARD_POLYGON_INVALID: Message("the ward {ward} is not a valid polygon ({why}). Nothing was changed."),
    Code.WARDS_OVERLAP: Plural(
        "area",
        "the wards {one} and {other} overlap by {area} square metre. Nothing was changed.",
        "the wards {one} and {other} overlap by {area} square metres. Nothing was changed.",
    ),
    # places: the ground
    Code.GROUND_FORMAT_UNKNOWN: Message(
        "this is no file of which a ground can be made: that is a GeoPackage, an MBTiles or PMTiles file, a Shapefile or a folder "
        "of them, or an OpenStreetMap extract (.osm.pbf). Unpack a zip first. Nothing was changed."
    ),
    Code.GROUND_UNREADABLE: Message("the file is damaged, or is not what it says it is. Nothing was changed."),
    Code.GROUND_NOT_VECTOR: Message("the file holds pictures, not vector tiles. Nothing was changed."),
    Code.GROUND_LAYERS_UNKNOWN: Message(
        "the layers of this file are of no publisher that is known here. They are {layers}. Say what they are with --take, or "
        "get one of the files that the README names. Nothing was changed."
    ),
    Code.GROUND_EMPTY: Message("nothing in the file lies in the area of the wards. Nothing was changed."),
    Code.GROUND_TOO_LARGE: Message("a layer of the file has more than {limit} things in the area. Nothing was changed."),
    Code.GROUND_WITHOUT_WARDS: Message(
        "No ward set is loaded, so it is not known which area the ground is of. Load one first: python -m mkmap wards PATH_OR_URL "
        "--from YYYY-MM-DD. Nothing was changed."
    ),
    Code.GROUND_ATTRIBUTION_MISSING: Message(
        "Say with --attribution who is to be named on the map for these data. Nothing was changed."
    ),
    Code.GROUND_MAPPING_MISSHAPEN: Message(
        "“{text}” is not of the form KIND=LAYER or KIND=LAYER:COLUMN. A kind is one of {kinds}. Nothing was changed."
    ),
    # places: households
    Code.NOT_A_CSV: Message(
        "this is not a table that can be read: that is a CSV file, with commas, semicolons or tabs. Nothing was changed."
    ),
    Code.CSV_WITHOUT_HEADER: Message("no row above the first code says what the columns are. Nothing was changed."),
    Code.CSV_EMPTY: Message("the file has no rows under its header. Nothing was changed."),
    Code.NOT_A_CODE: Message("{text!r} is not a code like the others. Nothing was changed."),
    Code.CODE_TWICE: Message("the code {code} stands there twice. Nothing was changed."),
    Code.HOUSEHOLDS_WITHOUT_CODES: Message(
        "the file has no column of ONS codes of wards (like E05009406) or LSOAs (like E01016710). Nothing was changed."
    ),
    Code.HOUSEHOLDS_MISSING: Message(
        "no column is called after households, such as households_2021; the columns are {columns}. If one of them counts all "
        "households, say it with --column. Nothing was changed."
    ),
    Code.HOUSEHOLDS_AMBIGUOUS: Message(
        "which column counts all households is not clear: {columns}. Say it with --column. Nothing was changed."
    ),
    Code.COLUMN_IS_NO_COUNT: Message(
        "the column {column} has {kind}, such as {text}, and not the number of households. Nothing was changed."
    ),
    Code.SOME_HOUSEHOLDS: Message(
        "the column {column}, with values such as {text}, seems to count only some of the households. If it counts all, say so with "
        "--column. Nothing was changed."
    ),
    Code.NOT_WHOLE: Message(
        "{text!r} in the column {column} is no whole number, so the column counts no households: it has percentages, thousands or "
        "averages. Nothing was changed."
    ),
    Code.CATEGORIES_MISSING: Message(
        "each ward stands in {rows} rows, by {categories}, and the file does not say that these are all categories, so {column} cannot "
        "be added up. Get the table without categories. Nothing was changed."
    ),
    Code.HOUSEHOLDS_IMPLAUSIBLE: Plural(
        "mean",
        "the column {column} has on average {mean} household a ward, and there is no such place. Nothing was changed.",
        "the column {column} has on average {mean} households a ward, and there is no such place: it counts something else, or in "
        "thousands or percent. Nothing was changed.",
    ),
    Code.HOUSEHOLDS_AGAINST_LSOAS: Message(
        "the column {column} has {total} in these wards, which is {mean} for each of the district's {lsoas} LSOAs. An LSOA has 400 to "
        "1,200 households: the column counts something else, such as people, or the wards are others. Nothing was changed."
    ),
    Code.HOUSEHOLDS_OF_OTHER_YEARS: Message(
        "the file has no column of households in {year}, only {columns}. Nothing was changed."
    ),
    Code.HOUSEHOLDS_WITHOUT_YEAR: Message(
        "the file does not say the year of its households; say it with --year. Nothing was changed."
    ),
    Code.NOT_HOUSEHOLDS: Message(
        "{text!r} is not a number of households, as the column {column} should have. Nothing was changed."
    ),
    Code.LOOKUP_NEEDED: Message(
        "the file counts households in LSOAs, so a lookup from LSOAs to wards is needed (--lookup). Nothing was changed."
    ),
    Code.LOOKUP_NOT_NEEDED: Message("the file counts households in wards, so it needs no lookup. Nothing was changed."),
    Code.LOOKUP_WITHOUT_CODES: Message(
        "the lookup has no columns of LSOA codes (like E01016710) and ward codes (like E05009406). Nothing was changed."
    ),
    Code.LSOAS_MISSING: Plural(
        "count",
        "it lacks {count} LSOA that the lookup places in these wards: {codes}; one of the two is of another census. "
        "Nothing was changed.",
        "it lacks {count} LSOAs that the lookup places in these wards, such as {codes}; one of the two is of another "
        "census. Nothing was changed.",
    ),
    Code.NO_WARDS_TO_COUNT_IN: Message(
        "There are no wards to count households in: load a ward set first. Nothing was changed."
    ),
    Code.WARDS_NOT_STORED: Message("none of its wards is in a ward set that is stored. Nothing was changed."),
    Code.WARDS_WITHOUT_HOUSEHOLDS: Message("it has no households for {wards} of the ward set {name}. Nothing was changed."),
    Code.WARDS_CHANGED: Message(
        "The ward set {name} has other wards than these households. Nothing was changed; load them again."
    ),
    # places: postcodes
    Code.NOT_A_POSTCODE: Message("this is not a postcode. Try it like MK9 3EJ, or search by street."),
    Code.POSTCODES_NOT_ASKED: Message("This map asks no other service. Search by street instead."),
    Code.POSTCODE_UNKNOWN: Message("this postcode is not known. Check it, or search by street."),
    Code.POSTCODE_SERVICE_SILENT: Message("The service that finds postcodes gave no answer. Search by street instead."),
    # police: the API of police.uk
    Code.POLICE_TIMED_OUT: Message("{host} did not answer in time. What is stored was kept; try again later."),
    Code.POLICE_UNREACHABLE: Message(
        "{host} could not be reached, or broke off. What is stored was kept; check the connection and try again."
    ),
    Code.POLICE_NOT_PROVED: Message(
        "{host} could not be reached safely: its certificate was not accepted. What is stored was kept."
    ),
    Code.POLICE_URL_UNUSABLE: Message("{address} is not an address. What is stored was kept; correct MKMAP_POLICE_URL."),
    Code.POLICE_MOVED: Message(
        "{host} sends us elsewhere ({address}). What is stored was kept; if that is right, correct MKMAP_POLICE_URL."
    ),
    Code.POLICE_IN_TROUBLE: Message("{host} is in trouble ({status}). What is stored was kept; try again later."),
    Code.POLICE_WANTS_A_PAUSE: Plural(
        "minutes",
        "{host} asks us to come back in {minutes} minute. What is stored was kept; try again then.",
        "{host} asks us to come back in {minutes} minutes. What is stored was kept; try again then.",
    ),
    Code.POLICE_SAID_NO: Message("{host} does not answer us ({status}). What is stored was kept; try again later."),
    Code.POLICE_HAS_NO_ANSWER: Message("police.uk has no answer to this question ({status}). What is stored was kept."),
    Code.POLICE_CUT_SHORT: Message(
        "{host} gave an answer that is cut short or is not data. What is stored was kept; try again later."
    ),
    Code.POLICE_TOO_LONG: Message("{host} gave an answer of more than {size} MB. What is stored was kept."),
    Code.POLICE_ANSWER_UNKNOWN: Message(
        "the answer is not what police.uk publishes. What is stored was kept; try again later."
    ),
    Code.POLICE_OVERLOADED: Message(
        "police.uk is overloaded, even for a small part of the area. What is stored was kept; try again later."
    ),
    # crimes: asking for months
    Code.TOO_MANY_CRIMES: Message(
        "{host} has too many crimes in this area for one answer, or is overloaded. What is stored was kept."
    ),
    Code.NO_CRIME_CATEGORIES: Message("there are no crime categories in it. What is stored was kept."),
    Code.NO_MONTH_OFFERED: Message("police.uk offers no month at all. What is stored was kept; try again later."),
    Code.MONTHS_NOT_OFFERED: Message(
        "police.uk's API offers {oldest} to {newest}, and nothing of what was asked for. Nothing was changed; older months "
        "come from its archive: python -m mkmap import."
    ),
    Code.ANOTHER_MONTH: Message("police.uk answered with another month ({other}) than {month}. What is stored was kept."),
    Code.NO_MONTH_AT_ALL: Message("police.uk answered with another month (none) than {month}. What is stored was kept."),
    Code.MONTH_WITHOUT_CRIMES: Message("police.uk answered with no crimes at all for {month}. What is stored was kept."),
    Code.NEW_RELEASE_MEANWHILE: Message(
        "police.uk published new data while {month} was being fetched. What is stored was kept; fetch again."
    ),
    Code.ONLY_TRANSPORT_POLICE: Message(
        "police.uk has crimes of the British Transport Police alone for {month}, and none of {force}. What is stored was kept; try again "
        "later."
    ),
    Code.NOT_ALL_FETCHED: Message("{failures}"),
    Code.FETCH_RUNNING: Message(
        "Another fetch is running: process {process}, since {since}. Nothing was changed; wait until it is done, and fetch again."
    ),
    # crimes: opening the archive
    Code.NO_SUCH_FILE_OR_FOLDER: Message("there is no such file or folder. Nothing was imported."),
    Code.ARCHIVE_ADDRESS_UNREADABLE: Message(
        "{url} could not be read. Nothing was imported. Check the address and the connection, then run the same command again."
    ),
    Code.ARCHIVE_ADDRESS_WITHOUT_RANGES: Message(
        "{url}: the server gives whole files only, and this one may be very large. Nothing was imported. Download it, then "
        "import the file."
    ),
    Code.NOT_A_ZIP: Message("this is not a whole zip archive. {imported}"),
    Code.NEITHER_ZIP_NOR_CSV: Message(
        "this is neither a zip archive nor a CSV file by its name. {imported} Download the file again as CSV, and do not save it in another "
        "form."
    ),
    Code.TOO_MANY_MEMBERS: Message("it has too many members; this is not an archive of police.uk. Nothing was imported."),
    Code.MEMBER_TWICE: Message("two members have the same name; this is not an archive of police.uk. Nothing was imported."),
    Code.MEMBER_UNPRINTABLE: Message(
        "a member's name has characters that no name has; this is not an archive of police.uk. Nothing was imported."
    ),
    Code.MEMBER_LEADS_OUTSIDE: Message(
        "a member's name leads outside the archive; this is not an archive of police.uk. Nothing was imported."
    ),
    Code.MEMBER_IS_A_LINK: Message("a member is a link; this is not an archive of police.uk. Nothing was imported."),
    Code.MEMBER_ENCRYPTED: Message("a member is encrypted; this is not an archive of police.uk. Nothing was imported."),
    Code.MEMBER_PACKED_ODDLY: Message(
        "a member is packed in a way that police.uk never uses; this is not an archive of police.uk. Nothing was imported."
    ),
    Code.MEMBERS_OVERLAP: Message("its members overlap; this is not an archive of police.uk. Nothing was imported."),
    Code.UNPACKS_TOO_LARGE: Message("it unpacks to far more than any file of police.uk. {imported}"),
    Code.FILE_DAMAGED: Message("the file is damaged or cannot be read. {imported}"),
    Code.NOT_A_TEXT: Message("this is not a text file. {imported}"),
    Code.FILE_MISNAMED: Message(
        "its name does not say which month of which force it is. Name it like 2025-01-thames-valley-street.csv. Nothing "
        "was imported."
    ),
    Code.NOTHING_TO_IMPORT: Message(
        "no street-level crimes in it, and no outcomes. A file is expected to be called like 2025-01-{force}-street.csv. Nothing "
        "was imported. {why}"
    ),
    # crimes: reading and keeping months
    Code.NOT_A_STREET_FILE: Message(
        "this is not a street-level file of police.uk: the column {column} is missing or there twice. {imported}"
    ),
    Code.NOT_AN_OUTCOMES_FILE: Message(
        "this is not an outcomes file of police.uk: the column {column} is missing or there twice. {imported}"
    ),
    Code.FILE_IN_UTF_16: Message(
        "this text is in UTF-16, as Excel saves “Unicode Text”. {imported} Download the file again, or save it as CSV UTF-8."
    ),
    Code.FILE_NOT_IN_UTF_8: Message(
        "this text is not in UTF-8: a program of Windows has saved it in another encoding. {imported} Download the file again, or save it as "
        "CSV UTF-8."
    ),
    Code.FILE_NOT_WITH_COMMAS: Message(
        "its columns are parted by “{separator}”, not by commas, as Excel saves them in some countries. {imported} Download the file again, "
        "and do not save it in Excel."
    ),
    Code.NOT_A_STREET_ROW: Message("this row is not a row of police.uk's street-level files. {imported}"),
    Code.NOT_AN_OUTCOMES_ROW: Message("this row is not a row of police.uk's outcomes files. {imported}"),
    Code.SCRATCH_UNWRITABLE: Message(
        "{folder} cannot be written: it is full, or may not be written. Nothing was changed; make room there, or allow "
        "writing, and try again."
    ),
    Code.NO_CRIMES: Message("there is no crime in it. {changed}"),
    Code.NO_OUTCOMES: Message("there is no outcome in it. {changed}"),
    Code.MONTH_TO_COME: Message("{month} has not come yet. {changed}"),
    Code.ROWS_OF_ANOTHER_MONTH: Plural(
        "count",
        "{count} row is of another month than {month}. {changed}",
        "{count} rows are of another month than {month}. {changed}",
    ),
    Code.MONTHS_REWRITTEN: Plural(
        "count",
        "the month of {count} row is written like “{example}”: Excel has rewritten it. {changed} Download the file again, and do not save it "
        "in Excel.",
        "the months of {count} rows are written like “{example}”: Excel has rewritten them. {changed} Download the file again, and do not save "
        "it in Excel.",
    ),
    Code.IDS_REWRITTEN: Plural(
        "count",
        "{count} Crime ID is a number like “{example}”: Excel has rewritten it, and its outcome would not find it. {changed} Download the "
        "file again, and do not save it in Excel.",
        "{count} Crime IDs are numbers like “{example}”: Excel has rewritten them, and outcomes would not find their crimes. {changed} "
        "Download the file again, and do not save it in Excel.",
    ),
    Code.ROWS_REPEATED: Message(
        "of {rows} rows with a Crime ID only {crimes} have one of their own: rows were downloaded or pasted more than once. {changed} Download "
        "the file again."
    ),
    Code.ROWS_PASTED: Message(
        "the same rows stand in it {times} times, one block after the other. {changed} Download the file again."
    ),
    Code.ROWS_OF_ANOTHER_FORCE: Message(
        "it is named as a file of {force}, but {count} of {rows} rows are of {other}. {changed} Download the file again, or give it its right "
        "name."
    ),
    Code.ROWS_UNUSABLE: Plural(
        "rows",
        "{rejected} of {rows} row cannot be used: its place, crime type or Crime ID is not as police.uk writes it. {changed} Download the "
        "file again.",
        "{rejected} of {rows} rows cannot be used: their places, crime types or Crime IDs are not as police.uk writes them. {changed} "
        "Download the file again.",
    ),
    Code.NOTHING_TO_CONFIRM: Message("Nothing of {month} is stored, so there is nothing to confirm."),
    Code.MONTH_IS_WHOLE: Message("{month} is whole, so there is nothing to confirm."),
    Code.MONTH_SHRANK: Plural(
        "rows",
        "{month} has {rows} row, but {known} are stored. {changed} The stored month is kept; if this one is right, import it with --replace.",
        "{month} has {rows} rows, but {known} are stored. {changed} The stored month is kept; if this one is right, import it with --replace.",
    ),
    Code.POINTS_LOST: Message(
        "The map points of {month} are not stored any more, so its crimes cannot be counted. Import that month again."
    ),
    Code.RELEASE_OLDER: Message(
        "it is an older release of {month} than the one that is stored. The newer one is kept. To have the older one in its place, import it "
        "with --replace."
    ),
    Code.NOTHING_STORED: Message("Nothing was imported. {why}"),
    Code.CRIMES_UNREADABLE: Message("A stored file under {folder} cannot be read."),
    # reports: sending
    Code.FORM_INCOMPLETE: Message("Not sent yet: an answer is missing. What you typed is still here."),
    Code.FORM_ANSWER_NOT_OFFERED: Message(
        "Not sent: the form has an answer that it does not offer. Load the page again. Nothing was kept."
    ),
    Code.TEXT_TOO_LONG: Message("Not sent: the text has more than {most} characters. What you typed is still here."),
    Code.REPORT_ERASED: Message("This report was erased. Load the page again to write another one."),
    Code.RECEIPT_UNKNOWN: Message("No report has this receipt. Check the digits; an erased report is not found any more."),
    Code.RECEIPT_MALFORMED: Message("A receipt has 16 digits. Nothing was erased."),
    # reports: moderating and correcting
    Code.NO_SUCH_REPORT: Message("There is no report {number}: it was erased, or its time was over. Nothing was changed."),
    Code.ALREADY_DECIDED: Message(
        "{who} was faster: report {number} is {state} since {at} (UTC). Your decision was not written down."
    ),
    Code.ACT_IMPOSSIBLE: Message("A report that is {state} cannot be changed so. Nothing was changed."),
    Code.REJECTION_WITHOUT_REASON: Message("Nothing was changed: a rejection needs a reason, for whoever looks at it later."),
    Code.NO_SUCH_FLOOD: Message("There is no flood “{name}” that waits. Nothing was changed."),
    Code.SECOND_LOOK_MISSING: Message(
        "Nothing was changed: you wanted a second pair of eyes on this report. Another moderator can publish it."
    ),
    Code.SECOND_LOOK_OF_ANOTHER: Message("Nothing was changed: only who asked for a second look can take that back."),
    Code.SECOND_LOOK_ASKED: Message("Nothing was changed: {who} has asked for a second look already."),
    Code.NOT_AN_ORIGINAL: Message(
        "Report {number} cannot be a duplicate of “{original}”: name another report that waits or is published."
    ),
    Code.CORRECTION_TOO_LONG: Message("Not sent: the text has more than {most} characters."),
    Code.CORRECTION_OF_NOTHING: Message("This report is not public any more: there is nothing to correct."),
    Code.CORRECTIONS_TOO_MANY: Plural(
        "most",
        "Not sent: {most} request has come from you within an hour. What you typed is still here; try again later.",
        "Not sent: {most} requests have come from you within an hour. What you typed is still here; try again later.",
    ),
    Code.REQUEST_ERASED: Message("What you asked was erased before, and cannot be sent again."),
    Code.NO_SUCH_REQUEST: Message("There is no request {number}: it was erased, or its time was over. Nothing was changed."),
    Code.REQUEST_ANSWERED: Message("Request {number} is answered already. Nothing was changed."),
    Code.APPEAL_IMPOSSIBLE: Message("Not sent: only a rejected report can be looked at again."),
    Code.APPEAL_WITHOUT_REASON: Message("Not sent: say why a moderator should look at it again."),
    Code.APPEAL_AGAINST_ONESELF: Message(
        "Nothing was changed: you rejected this report yourself. Another moderator looks at the appeal."
    ),
    Code.COMPLAINT_WITHOUT_ANSWER: Message("Nothing was changed: write the answer first. Whoever complained can read it."),
    # reports: backups
    Code.BACKUP_UNWRITABLE: Message("No backup was written to {file}: {why}. An older one there was kept."),
    Code.BACKUP_PERHAPS_TOO_LARGE: Message(
        "No backup was written to {file}: the disk may be full. An older one there was kept."
    ),
    Code.NOT_A_BACKUP: Message("this is no backup of mkmap's reports. Nothing was changed."),
    # reports: letting go
    Code.DATE_DOUBTFUL: Message(
        "No report is let go because of its age: this machine says that it is {now} (UTC), and the reports were last looked at on "
        "{before}, so its clock may be wrong. Where it is right, say so: “python -m mkmap reports purge --confirm-date”."
    ),
    # meetings
    Code.MEETINGS_TOO_MANY: Message("Too many meetings are open to add a phone now. The keys still work."),
    Code.MEETING_CODE_UNKNOWN: Message("This code opens nothing: its time is over, or the meeting is. The keys still work."),
    Code.MEETING_HAS_A_PHONE: Message("Another phone already moves these slides. Only one can."),
    Code.MEETING_OVER: Message("The meeting is over for phones. The keys still work."),
    # who may act
    Code.OPERATOR_LINK_UNKNOWN: Message(
        "This link opens nothing: its time is over, or it was never made here. For a new one, run “python -m mkmap operate” on the server."
    ),
    Code.OPERATOR_LINK_USED: Message(
        "This link was used before, and it works once. If you used it yourself in this browser, go on to About. Otherwise run "
        "“python -m mkmap operate --end” on the server, which ends every operator's session, and then “python -m mkmap operate” for a new link."
    ),
    Code.MODERATORS_ONLY: Message("Only moderators can decide. Nothing was changed."),
    Code.MODERATOR_UNVERIFIED: Message(
        "Your sign-in provider does not say that your e-mail address is yours. Confirm the address there, and sign in again."
    ),
    Code.MODERATOR_SIGNED_OUT: Message(
        "You have signed out since this sign-in: it can do nothing more, here and in every other window. Sign in again."
    ),
    Code.MODERATOR_UNLISTED: Message(
        "You are signed in, but not on the list of moderators. Ask the operator of this site to put your address on it."
    ),
    Code.MODERATOR_OF_ANOTHER_ACCOUNT: Message(
        "Somebody with another account moderates as {address}. If that account is gone, the operator can free the address: "
        "python -m mkmap operate --forget {address}"
    ),
    Code.MODERATOR_NOT_KNOWN: Message("No account moderates as {address}. Nothing was changed."),
    Code.COOKIE_SECRET_SHORT: Message(
        "The cookie_secret in Streamlit's secrets is too short: whoever guesses it can sign in as anybody. It needs {least} characters or "
        'more. Make one with: python -c "import secrets; print(secrets.token_hex())"'
    ),
    Code.USERS_FROM_HEADERS: Message(
        "Streamlit's server.trustedUserHeaders is set: whoever reaches this server could sign in as anybody with a header. Unset it and start again."
    ),
    # plans
    Code.ANOTHER_NEIGHBOURHOOD: Message("police.uk answered with another neighbourhood. What is stored was kept."),
    Code.NEIGHBOURHOOD_GONE: Message("police.uk knows no neighbourhood there any more. What is stored was kept."),
    # briefing
    Code.WARD_AMBIGUOUS: Message("Several wards are named “{text}”. Name one by its code: {codes}. Nothing was written."),
    Code.WARD_MISSPELT: Message("There is no ward “{text}”. Did you mean {names}? Nothing was written."),
    Code.WARD_UNKNOWN: Message("There is no ward “{text}”. There are {names}. Nothing was written."),
    Code.MONTH_NOT_STORED: Message(
        "There is nothing about {month}: the months go from {first} to {last}. Nothing was written."
    ),
    Code.CRIME_TYPE_MISSPELT: Message("There is no crime type “{text}”. Did you mean {names}? Nothing was written."),
    Code.CRIME_TYPE_UNKNOWN: Message("There is no crime type “{text}”. There are {names}. Nothing was written."),
    Code.BRIEFING_UNWRITABLE: Message("{file} cannot be written: {why}."),
    # operate
    Code.SOMETHING_DAMAGED: Message("{problems} All else is in order."),
}
