"""Name every refusal for machines and tests: a code is never renamed, its sentence may be written anew any day."""

from enum import StrEnum


class Code(StrEnum):
    """In the order of the data; `error_sentences` has the sentence of each."""

    # settings
    SETTING_UNUSABLE = "setting-unusable"
    SETTING_MISSHAPEN = "setting-misshapen"
    SETTING_NOT_A_DATE = "setting-not-a-date"
    SETTING_NOT_A_SWITCH = "setting-not-a-switch"
    OFFLINE = "offline"

    # lake: files in a folder
    FILE_MISSING = "file-missing"
    FILE_CHANGED = "file-changed"
    FILE_UNREADABLE = "file-unreadable"
    MANIFEST_UNREADABLE = "manifest-unreadable"
    FOLDER_UNWRITABLE = "folder-unwritable"
    STORE_BUSY = "store-busy"

    # database
    DATABASE_URL_UNUSABLE = "database-url-unusable"
    DATABASE_SILENT = "database-silent"
    DATABASE_DAMAGED = "database-damaged"
    DATABASE_NEWER = "database-newer"
    BACKUP_DAMAGED = "backup-damaged"
    BACKUP_OF_ANOTHER_VERSION = "backup-of-another-version"

    # places: files and addresses
    NO_SUCH_FILE = "no-such-file"
    FILE_TOO_LARGE = "file-too-large"
    ANSWER_TOO_LARGE = "answer-too-large"
    ADDRESS_TIMED_OUT = "address-timed-out"
    ADDRESS_SAID_NO = "address-said-no"
    ADDRESS_NOT_PROVED = "address-not-proved"
    ADDRESS_UNREACHABLE = "address-unreachable"
    ADDRESS_BROKE_OFF = "address-broke-off"

    # places: layers of boundaries
    LAYER_UNDESCRIBED = "layer-undescribed"
    LAYER_NOT_DATA = "layer-not-data"
    LAYER_REFUSED = "layer-refused"
    LAYER_REFUSED_WITHOUT_REASON = "layer-refused-without-reason"
    LAYER_EMPTY = "layer-empty"
    LAYER_BROKE_OFF = "layer-broke-off"
    LAYER_REPEATS = "layer-repeats"
    LAYER_ENDLESS = "layer-endless"
    LAYER_WITHOUT_DISTRICTS = "layer-without-districts"
    LAYER_WITHOUT_WARDS = "layer-without-wards"
    LAYER_WITHOUT_AREA = "layer-without-area"

    # places: ward sets
    WARD_SET_UNNAMABLE = "ward-set-unnamable"
    WARD_SET_ABSENT = "ward-set-absent"
    NO_WARD_SETS = "no-ward-sets"
    WARD_SET_ENDS_EARLY = "ward-set-ends-early"
    NOT_BOUNDARIES = "not-boundaries"
    BOUNDARIES_ABSENT = "boundaries-absent"
    BOUNDARIES_ELSEWHERE = "boundaries-elsewhere"
    WARD_COLUMNS_MISSING = "ward-columns-missing"
    COLUMN_ABSENT = "column-absent"
    NO_WARD_CODES = "no-ward-codes"
    ROWS_ARE_NO_WARDS = "rows-are-no-wards"
    AREA_WITHOUT_WARDS = "area-without-wards"
    WARDS_OF_OTHERS = "wards-of-others"
    WARDS_WITHOUT_DISTRICTS = "wards-without-districts"
    WARD_WITHOUT_NAME = "ward-without-name"
    WARD_CODE_UNUSABLE = "ward-code-unusable"
    WARD_CODE_TWICE = "ward-code-twice"
    WARD_PARTS_OVERLAP = "ward-parts-overlap"
    COORDINATES_UNNAMED = "coordinates-unnamed"
    COORDINATES_MISNAMED = "coordinates-misnamed"
    WARD_WITHOUT_BOUNDARY = "ward-without-boundary"
    WARD_NOT_A_POLYGON = "ward-not-a-polygon"
    WARD_ABROAD = "ward-abroad"
    WARD_POLYGON_INVALID = "ward-polygon-invalid"
    WARDS_OVERLAP = "wards-overlap"

    # places: the ground
    GROUND_FORMAT_UNKNOWN = "ground-format-unknown"
    GROUND_UNREADABLE = "ground-unreadable"
    GROUND_NOT_VECTOR = "ground-not-vector"
    GROUND_LAYERS_UNKNOWN = "ground-layers-unknown"
    GROUND_EMPTY = "ground-empty"
    GROUND_TOO_LARGE = "ground-too-large"
    GROUND_WITHOUT_WARDS = "ground-without-wards"
    GROUND_ATTRIBUTION_MISSING = "ground-attribution-missing"
    GROUND_MAPPING_MISSHAPEN = "ground-mapping-misshapen"

    # places: households
    NOT_A_CSV = "not-a-csv"
    CSV_EMPTY = "csv-empty"
    NOT_A_CODE = "not-a-code"
    CODE_TWICE = "code-twice"
    HOUSEHOLDS_WITHOUT_CODES = "households-without-codes"
    HOUSEHOLDS_MISSING = "households-missing"
    HOUSEHOLDS_AMBIGUOUS = "households-ambiguous"
    HOUSEHOLDS_OF_OTHER_YEARS = "households-of-other-years"
    HOUSEHOLDS_WITHOUT_YEAR = "households-without-year"
    NOT_HOUSEHOLDS = "not-households"
    LOOKUP_NEEDED = "lookup-needed"
    LOOKUP_NOT_NEEDED = "lookup-not-needed"
    LOOKUP_WITHOUT_CODES = "lookup-without-codes"
    LSOAS_MISSING = "lsoas-missing"
    NO_WARDS_TO_COUNT_IN = "no-wards-to-count-in"
    WARDS_NOT_STORED = "wards-not-stored"
    WARDS_WITHOUT_HOUSEHOLDS = "wards-without-households"
    WARDS_UNINHABITED = "wards-uninhabited"
    WARDS_CHANGED = "wards-changed"

    # places: postcodes
    NOT_A_POSTCODE = "not-a-postcode"
    POSTCODES_NOT_ASKED = "postcodes-not-asked"
    POSTCODE_UNKNOWN = "postcode-unknown"
    POSTCODE_SERVICE_SILENT = "postcode-service-silent"

    # police: the API of police.uk
    POLICE_TIMED_OUT = "police-timed-out"
    POLICE_UNREACHABLE = "police-unreachable"
    POLICE_NOT_PROVED = "police-not-proved"
    POLICE_URL_UNUSABLE = "police-url-unusable"
    POLICE_MOVED = "police-moved"
    POLICE_IN_TROUBLE = "police-in-trouble"
    POLICE_WANTS_A_PAUSE = "police-wants-a-pause"
    POLICE_SAID_NO = "police-said-no"
    POLICE_HAS_NO_ANSWER = "police-has-no-answer"
    POLICE_CUT_SHORT = "police-cut-short"
    POLICE_TOO_LONG = "police-too-long"
    POLICE_ANSWER_UNKNOWN = "police-answer-unknown"
    POLICE_OVERLOADED = "police-overloaded"

    # crimes: asking for months
    TOO_MANY_CRIMES = "too-many-crimes"
    NO_CRIME_CATEGORIES = "no-crime-categories"
    NO_MONTH_OFFERED = "no-month-offered"
    MONTHS_NOT_OFFERED = "months-not-offered"
    ANOTHER_MONTH = "another-month"
    NO_MONTH_AT_ALL = "no-month-at-all"
    MONTH_WITHOUT_CRIMES = "month-without-crimes"
    NEW_RELEASE_MEANWHILE = "new-release-meanwhile"
    NOT_ALL_FETCHED = "not-all-fetched"

    # crimes: opening the archive
    NO_SUCH_FILE_OR_FOLDER = "no-such-file-or-folder"
    ARCHIVE_ADDRESS_UNREADABLE = "archive-address-unreadable"
    ARCHIVE_ADDRESS_WITHOUT_RANGES = "archive-address-without-ranges"
    NOT_A_ZIP = "not-a-zip"
    TOO_MANY_MEMBERS = "too-many-members"
    MEMBER_TWICE = "member-twice"
    MEMBER_UNPRINTABLE = "member-unprintable"
    MEMBER_LEADS_OUTSIDE = "member-leads-outside"
    MEMBER_IS_A_LINK = "member-is-a-link"
    MEMBER_ENCRYPTED = "member-encrypted"
    MEMBER_PACKED_ODDLY = "member-packed-oddly"
    MEMBERS_OVERLAP = "members-overlap"
    UNPACKS_TOO_LARGE = "unpacks-too-large"
    FILE_DAMAGED = "file-damaged"
    NOT_A_TEXT = "not-a-text"
    FILE_MISNAMED = "file-misnamed"
    NOTHING_TO_IMPORT = "nothing-to-import"

    # crimes: reading and keeping months
    NOT_A_STREET_FILE = "not-a-street-file"
    NOT_AN_OUTCOMES_FILE = "not-an-outcomes-file"
    NOT_A_STREET_ROW = "not-a-street-row"
    NOT_AN_OUTCOMES_ROW = "not-an-outcomes-row"
    SCRATCH_UNWRITABLE = "scratch-unwritable"
    NO_CRIMES = "no-crimes"
    NO_OUTCOMES = "no-outcomes"
    MONTH_TO_COME = "month-to-come"
    ROWS_OF_ANOTHER_MONTH = "rows-of-another-month"
    ROWS_UNUSABLE = "rows-unusable"
    MONTH_SHRANK = "month-shrank"
    POINTS_LOST = "points-lost"
    CRIMES_UNREADABLE = "crimes-unreadable"

    # reports: sending
    FORM_INCOMPLETE = "form-incomplete"
    FORM_ANSWER_NOT_OFFERED = "form-answer-not-offered"
    TEXT_TOO_LONG = "text-too-long"
    REPORT_ERASED = "report-erased"
    RECEIPT_UNKNOWN = "receipt-unknown"
    RECEIPT_MALFORMED = "receipt-malformed"

    # reports: moderating and correcting
    NO_SUCH_REPORT = "no-such-report"
    ALREADY_DECIDED = "already-decided"
    ACT_IMPOSSIBLE = "act-impossible"
    REJECTION_WITHOUT_REASON = "rejection-without-reason"
    NOT_AN_ORIGINAL = "not-an-original"
    CORRECTION_TOO_LONG = "correction-too-long"
    CORRECTION_OF_NOTHING = "correction-of-nothing"
    CORRECTIONS_TOO_MANY = "corrections-too-many"

    # reports: backups
    BACKUP_UNWRITABLE = "backup-unwritable"
    BACKUP_PERHAPS_TOO_LARGE = "backup-perhaps-too-large"
    NOT_A_BACKUP = "not-a-backup"

    # meetings
    MEETINGS_TOO_MANY = "meetings-too-many"
    MEETING_CODE_UNKNOWN = "meeting-code-unknown"
    MEETING_HAS_A_PHONE = "meeting-has-a-phone"
    MEETING_OVER = "meeting-over"

    # who may act
    OPERATOR_LINK_UNKNOWN = "operator-link-unknown"
    OPERATOR_LINK_USED = "operator-link-used"
    MODERATORS_ONLY = "moderators-only"
    MODERATOR_UNVERIFIED = "moderator-unverified"
    MODERATOR_SIGNED_OUT = "moderator-signed-out"
    MODERATOR_UNLISTED = "moderator-unlisted"
    MODERATOR_OF_ANOTHER_ACCOUNT = "moderator-of-another-account"
    MODERATOR_NOT_KNOWN = "moderator-not-known"
    COOKIE_SECRET_SHORT = "cookie-secret-short"
    USERS_FROM_HEADERS = "users-from-headers"

    # plans
    ANOTHER_NEIGHBOURHOOD = "another-neighbourhood"
    NEIGHBOURHOOD_GONE = "neighbourhood-gone"

    # briefing
    WARD_AMBIGUOUS = "ward-ambiguous"
    WARD_MISSPELT = "ward-misspelt"
    WARD_UNKNOWN = "ward-unknown"
    MONTH_NOT_STORED = "month-not-stored"
    CRIME_TYPE_MISSPELT = "crime-type-misspelt"
    CRIME_TYPE_UNKNOWN = "crime-type-unknown"
    BRIEFING_UNWRITABLE = "briefing-unwritable"

    # operate
    SOMETHING_DAMAGED = "something-damaged"
