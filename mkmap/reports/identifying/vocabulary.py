"""List the words by which a house number is told from a count, a time or the number of a bus."""


def listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


SHORT_WORDS = listed(
    "am an as at be by do go he hi ho if in is it me my no of oh ok on or pm so to up us we ya "
    "ace act add age ago aid aim air all and any ape apr are arm art ash ask ate aug bad bag ban bar bat bay bed bee beg bet bid big bin "
    "bit box boy bra bus but buy bye cab can cap car cat cop cow cry cup cut dad dam day dec den did die dig dim dip dog dot dry due "
    "ear eat egg ego end era etc eve eye fan far fat feb fed few fit fix fly fog for fox fri fun fur gap gas get god got gun gut guy gym "
    "had ham has hat her hen hey hid him hip his hit hot how hug hut ice ill ink inn its jam jan jar jaw jet job jog joy jul jun key kid "
    "kit lab lad lap law lay led leg let lid lie lip lit log lot low mad man map mar mat max may mon men met mid min mix mob mom mop mph mud "
    "mug mum nan nap net new nod nor not nov now nut oak oct odd off oil old one our out own pad pan pat pay pen per pet pie pig pin pit "
    "pot pub put rag ran rap rat raw red rib rid rim rip rob rod rot row rub rug run sad sat saw say sea see sep set sex she shy sin sip "
    "sir sit six sky sly son sub sum sun tab tan tap tar tax tea ten the thu tie tin tip toe ton too top toy try tub tue two use van vet "
    "via war was wax way wed wee wet who why win wig yes yet you zip zoo"
)  # fmt: skip
MONTHS = listed(
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec"
)
STREETS = listed(  # what a street is called by, of which nobody counts any: `3 crescent`
    "street st str road rd avenue ave av avn lane ln crescent cres cresc gardens gdns grove grv terrace terr mews boulevard blvd parade "
    "croft cul-de-sac drv"
)
STREETS_TOO = listed(  # the same, where the words before it are no count: `3 cars drive`
    "close cl drive dr way court ct place pl walk wlk rise hill green row square sq park view gate end meadow meadows field fields path yard "
    "wharf common bank mead chase ride garth dene fold furlong glade dell hollow heath copse wood woods brook mount orchard leys lea holt "
    "gardens approach link vale bridge quay circus spinney paddock paddocks coppice ridge slade stile haven reach nook dale down downs "
    "hamlet village green corner cross crossway causeway strand esplanade promenade broadway passage alley loop circle bourne wick grange "
    "knoll lawn lawns loan pastures piece plantation rookery shaw toft weald wynd lodge"
)
BUILDINGS = listed("house court tower towers mansions buildings lodge cottages villas flats apartments heights point hall")
STREETS_ALONE = listed(  # names that are the street's whole name
    "parkway broadway kingsway queensway westway eastway northway southway ringway midway greenway causeway highway crossway churchway "
    "waterside riverside strand esplanade promenade embankment marlborough woodway fairway holloway galloway millway hillway ridgeway "
    "ridgway southgate northgate eastgate westgate hillside woodside brookside lakeside parkside meadowside"
)
PEOPLE = listed(
    "neighbour neighbours neighbor neighbors people person lady ladies man woman couple family families those one ones guy bloke tenant "
    "tenants resident residents folk folks owner owners lad lads boy boys girl girls kids kid mum mother dad father nan gran grandad son "
    "daughter brother sister aunt uncle friend friends mate mates someone somebody everyone everybody anyone nobody they them lot chap "
    "occupant occupants occupier occupiers landlord student students gentleman pensioner pensioners mrs mr neighbours' house flat home "
    "property place bungalow address door garden gate driveway drive shed garage party party's window windows"
)
BE = listed("am are is was were live lives lived living stay stays stayed staying reside resides residing based r im be been")
LIVE = listed("live lives lived living stay stays stayed staying reside resides residing resident residents based")
DETERMINERS = listed(
    "the a an my our your his her their its this that these those each every another same whole any some no which one's"
)
FUNCTION = listed(
    "and or but was is has had where when who that which on last yesterday today tonight since because so again next opposite near by with "
    "for after before while as if there here then this these we i they he she have did does saw heard too also please about during "
    "the a my our your his her their it it's i've i'm we've we're they've until till off up down into out over not never just only now "
    "once always still at around across behind beside facing who's can could will would should said says told be got gets keeps kept "
    "reported rang called phoned lost woke went every"
)
UNITS = listed(
    "am pm a.m p.m oclock o'clock noon hrs hr hours hour h mins min minutes minute secs sec seconds second days day nights night weeks week "
    "wks wk months month mths years year yrs yr yo decades times x percent pc degrees deg c f mph kph kmh mile miles yards yard yds metres "
    "metre meters meter m cm mm km ft feet foot inch inches in'' acres kg kilo kilos g lb lbs st stone litres litre l ml pounds pound quid "
    "pence p k grand euros dollars pct per st nd rd th ish odd plus bed beds bedroom bedrooms storey storeys stories bhp cc amp volts volt "
    "watt v w gb mb inch-wide fold way lane lanes ply seater door doors wheeler tonne ton tons past o'"
)
_THINGS = listed(
    "man men woman women lad lads boy boys girl girls bloke blokes guy guys youth youths teen teens teenager teenagers kid kids child "
    "children adult adults people person persons male males female females suspect suspects offender offenders thief thieves burglar "
    "burglars robber robbers intruder intruders attacker attackers masked individual individuals police officer officers pcso pcsos pc pcs cop "
    "cops resident residents neighbour neighbours neighbor neighbors family families household households victim victims witness witnesses "
    "friend friends mate mates couple couples student students pupil pupils worker workers builder builders driver drivers rider riders cyclist "
    "cyclists pedestrian pedestrians passenger passengers dog dogs cat cats house houses home homes property properties flat flats shop shops "
    "store stores business businesses pub pubs school schools building buildings garage garages shed sheds car cars van vans lorry lorries "
    "truck trucks vehicle vehicles motorbike motorbikes bike bikes bicycle bicycles moped mopeds scooter scooters motorcycle motorcycles quad "
    "quads bus buses taxi taxis trailer trailers caravan caravans window windows door doors gate gates fence fences lock locks key keys light "
    "lights camera cameras cctv alarm alarms phone phones laptop laptops television televisions tv tvs tablet tablets ring rings watch watches "
    "bag bags purse purses wallet wallets handbag handbags parcel parcels package packages bin bins tyre tyres wheel wheels mirror mirrors "
    "plate plates catalytic tool tools ladder ladders knife knives bottle bottles can cans stone stones brick bricks "
    "burglary burglaries break-in break-ins breakin breakins theft thefts robbery robberies crime crimes incident incidents offence offences "
    "attack attacks assault assaults report reports call calls time times occasion occasions case cases attempt attempts more other others "
    "different separate of area areas street streets road roads lane lanes ward wards estate estates roundabout roundabouts junction junctions "
    "exit exits stop stops group groups gang gangs pair pairs set sets pack packs row rows bunch load loads item items thing things "
    "thousand hundred million dozen half quarter third fifth arrest arrests arrested charged meeting meetings visit visits "
    "letter letters email emails photo photos picture pictures video videos clip clips tree trees plant plants bench benches "
    "bedroom bed storey mile minute hour day week month year yard metre blocks block corner corners feet "
    "points point year-old year-olds yr old olds aged coin coins note notes mountain electric e-bike e-bikes ebike ebikes"
)
PLURAL_VERBS = listed(  # after a number of people
    "were are came come ran run drove tried have fled escaped jumped climbed walked broke smashed stole stolen took taken"
)
COUNTED = _THINGS | UNITS
ADJECTIVES = listed(
    "young masked white black red blue silver grey gray green dark big small large old new hooded teenage drunk local asian polish tall short "
    "good unknown unmarked armed or to and odd very noisy loud aggressive shady strange random suspicious british eastern european "
    "parked stolen expensive cheap brand broken smashed front back rear side empty full first next last extra such"
)
BEFORE_OTHERS = listed(  # what stands before a number that is no house's
    "junction junctions jct exit exits bus buses route routes line lines service services platform page pages section sections subsection paragraph appendix clause part phase level "
    "floor floors chapter year years class form bay terminal radio channel size age aged ages grade version iphone galaxy samsung ps xbox windows "
    "model series mark step stage round sector article act figure table question point rule item day week month season episode ward district "
    "carriageway pump till locker top over under about around approx approximately nearly almost roughly some least most than only "
    "another last first past every both all crime ref reference case incident log urn cad pin code group zone schedule category cat tier band "
    "unit's option options minimum maximum score factor fifa scene play track radio bbc itv gcse key stage week's boeing "
    "m a b h v roughly maybe perhaps circa c"
) | MONTHS  # fmt: skip
NOT_STREETS = listed(  # words with a capital that are no street
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun christmas easter halloween "
    "polish romanian asian black white english british irish scottish welsh french german indian pakistani chinese african somali european "
    "eastern bmw audi ford vauxhall honda toyota nissan kia fiat volkswagen mercedes range transit tesco asda aldi lidl sainsbury sainsbury's "
    "morrisons co-op coop apple samsung iphone ipad playstation xbox nintendo sony i i'm i've i'd i'll police pcso pcsos mr mrs ms miss dr "
    "am pm gmt bst the they he she we it there this that these those so but and then when while because my our his her their you your if as "
    "in on at by for from after before again suddenly luckily nobody someone somebody neighbour neighbours please thanks thank no not yes "
    "peugeot citroen renault seat skoda mazda hyundai suzuki volvo lexus tesla jeep yamaha kawasaki ducati porsche jaguar rover "
    "dacia subaru mitsubishi bentley smart triumph vespa piaggio opel boeing airbus windows office nokia pixel galaxy huawei dell "
    "operation phase section paragraph figure table chapter part "
    "uk england london gbp euros pounds star premier league"
) | MONTHS  # fmt: skip
NAME_STOPS = listed(  # words that are in no street's name, where they stand between a number and a street
    "in on at by from near to and or a an with who were was is are had have been came went into outside down up along across around through "
    "off over past towards this that our my their his her some it its they we i he she you of for out about after before behind between "
    "under per further away which where when then but so if as not all any each every both got just very too quite really because since "
    "until till during against onto within without around round here there what how why did do does can could would should next one two "
    "am pm each another same whole other wide busy main one-way two-way way lane"
)
LEADS_TO_ADDRESS = listed("at of from opposite outside near beside number no nos nr to by address live lives lived in is")
