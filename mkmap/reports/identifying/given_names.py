"""List given names that are common in England and Wales, so that `John` is noticed where he stands alone."""

from mkmap.reports.identifying.vocabulary import listed

GIVEN_NAMES = listed(
    "aaron abdul abdullah abigail abu adam adrian agnes ahmed aisha alan albert alex alexander alexandra alfie ali alice alison amanda amber amelia "
    "amina amir amy ana andrea andrew andy anita ann anna anne annie anthony antonio archie arthur asif ashley ayesha barbara barry ben benjamin "
    "bernard beth bethany betty bilal billy bob bradley brenda brian bridget bruce bryan callum cameron carl carol caroline carolyn catherine "
    "cathy charles charlotte chelsea cheryl chloe chris christian christina christine christopher claire clare clive colin connor courtney craig "
    "cynthia daisy damian dan daniel danielle danny darren dave david dawn dean deborah debbie declan denise dennis derek diana diane dmitri "
    "dominic donald donna doreen doris dorothy douglas duncan dylan eddie edward eileen elaine eleanor elizabeth ella ellie emily emma eric "
    "erin ethan eva evelyn evie fatima fiona frances francis frank fred freddie frederick freya gareth gary gavin gemma geoff geoffrey george "
    "georgia gerald gillian gordon grace graham greg gregory gurpreet hamza hannah harjit harry hassan hayley heather helen henry hilary holly "
    "howard hugh ian ibrahim imran irene isaac isabella isabelle isla ismail ivan jack jackie jacob jacqueline jade jake jamal james jamie jan "
    "jane janet janice jason jasmine jay jean jeff jeffrey jennifer jenny jeremy jerry jessica jill jim jimmy joan joanna joanne joe joel john "
    "jonathan jordan joseph josh joshua joyce juan judith julia julian julie justin karen karl kate katherine kathleen katie kayleigh keith kelly "
    "ken kenneth kerry kevin khadija khalid kieran kim kirsty kyle lauren laura lee leon leonard lesley leslie lewis liam lilian lily linda lindsay "
    "lisa lorraine louis louise lucas lucy luke lydia lynn mahmoud malcolm mandy manjit marcus margaret maria marie marion marjorie martin "
    "mary maryam mateusz matt matthew maureen maxine megan melanie melissa michael michelle miguel mike mohamed mohammad mohammed molly monica "
    "morgan muhammad muhammed mustafa nadia nancy naomi natalie natasha nathan neil nicholas nick nicola nicole nigel noah nora norma norman "
    "oliver olivia omar oscar owen pamela patricia patrick paul paula pauline peggy penny peter phil philip phillip phoebe pierre piotr priya rachel "
    "raj rajesh ralph raymond rebecca reece rhys richard ricky riley rita robert robin roger ronald rosemary rosie roy ruby russell ruth ryan sally "
    "sam samantha samuel sandra sanjay sara sarah scott sean sebastian shane shannon sharon shaun sheila shirley simon sophia sophie stacey stanley "
    "stella stephanie stephen steve steven stuart sunil susan suzanne sylvia tanya tariq teresa terry theo theresa thomas tim timothy tina toby tom "
    "tommy tony tracey tracy trevor tyler valerie vanessa vera veronica vicky victoria vincent violet vivian wayne wendy wilfred william "
    "yasmin yusuf yvonne zac zachary zainab zara zoe"
)  # fmt: skip
