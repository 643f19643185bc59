"""Every number that protects the people who report, with its reason."""

from datetime import timedelta

TEXT_CHARACTERS = 500  # enough to explain to a moderator, too short for a life story
REPORTABLE_MONTHS = 24  # as long as a mark stays public: an older report would be gone before it was read

NETWORK_HASH_LIVES = timedelta(hours=24)  # the longest limit looks back an hour; a day covers a late night
SESSION_LIMIT, SESSION_WINDOW = 2, timedelta(minutes=10)  # the third report of one visit is looked at twice
NETWORK_LIMIT, NETWORK_WINDOW = 5, timedelta(hours=1)  # the sixth; flagged only: a hall of 20 people shares one Wi-Fi
FLOODS = (  # more from one network than this is set aside as one heap; a hall of 20 people who send three each is none
    (60, timedelta(hours=1)),
    (150, timedelta(hours=24)),  # and who sends 59 an hour does not pass under it
)
FASTEST = timedelta(seconds=3)  # nobody reads and fills in the form faster; a machine does

TEXT_LIVES = timedelta(days=30)  # after a decision: as long as it can be questioned
REJECTED_LIVES = timedelta(days=30)  # rejected and withdrawn reports: the same time to object, and then nothing
PUBLISHED_LIVES = timedelta(days=730)  # two years: the same months a year before, and then only counts

REQUEST_WINDOW = timedelta(hours=1)  # in which requests (correct this, look at this, a complaint) of one sender are counted
REQUESTS_OF_A_VISIT = 5  # the sixth is refused: nobody has more to say in an hour, and everybody else goes on
REQUESTS_OF_A_NETWORK = 20  # the next is flagged and looked at last, never lost: many people share a network
CONTENT_ANSWERED = timedelta(days=3)  # what may be illegal, harm or identify somebody stays public until then: soon
CORRECTION_ANSWERED = timedelta(days=14)  # two weekends of people who do this beside their work
APPEAL_ANSWERED = timedelta(days=14)  # the same; the report is kept until then
COMPLAINT_ACKNOWLEDGED = timedelta(days=7)  # well within the 30 days that data protection law gives for it
COMPLAINT_ANSWERED = timedelta(days=30)  # "without undue delay", for people who meet once a month
ANSWER_LIVES = timedelta(days=90)  # nobody can be written to: there must be time to come back and look
UNANSWERED_LIVES = timedelta(days=365)  # what nobody has answered in a year is not kept for ever; it is counted as that
APPEAL_HOLDS = timedelta(days=60)  # after an appeal: a rejected report outlives its time, so that the answer can be read

LATE = timedelta(days=7)  # a queue whose oldest report waits longer is late, and that is said

FEWEST_IN_A_CELL = 3  # what the police did is told by ward and year, of no fewer reports: two neighbours know each other
NEAR = 300.0  # metres: within it the same event may have been reported twice; police points are about 100 m off
