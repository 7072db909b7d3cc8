"""Words for passphrases that the program proposes: common, short, easy to spell, without ё."""

from __future__ import annotations

KAZAKH = """
адам айна айран алаң алма алтын апта арал арба арпа арша асхана асық ата атлас аула ауыз ауыл аяқ ағаш ақпан
ақша ақын аққу аңшы бала балта балық банан барыс бас бата батыр бау бауыр баға бақа бақша беріш бесік бидай
биік болат боран борсық бота бояу біз білек бүгін бүркіт бұзау бұлақ бұлбұл бұлт бұғы бөлме бөрене бөрі дала
дана дария дауыс домбыра доп допшы дос дыбыс дүкен дүние дән дәптер дәрі егін екпе елік емен ереже ертегі ерік
есеп есік етік ешкі жаз жазу жайлау жалау жапырақ жарық жас жастық жауын жақсы жаңғақ жел желкен жеміс жер
жиде жиһаз жол жолдас жоңышқа журнал жылан жылқы жібек жіп жүзік жүзім жүрек жұлдыз зат заң зейін зергер зерек
зығыр игілік ине инелік иық иірім келін кеме кендір кептер кереге керме керуен кесе кеш кілем кілт кірпі
кірпіш кітап күз күй күміс күн күнбағыс күрек күріш көбелек көгершін көз көйлек көктем көл көпір көрпе көше
лашын лағыл малта маржан мата мақал мақта мейіз мектеп мерген мереке мысық мүйіз мұз мұнара мұхит мөр найза
намыс нан науат наурыз нота нұсқа ойын орамал орақ орда орман отау отын оқу парақ пияз пырақ пышақ рахмет рең
сабақ сабын сазан самал сандық сарай сары саусақ сауысқан сағат сақина серке сиыр сурет сыбызғы сым сырға
сүлгі сүт сұңқар сәбіз сәуір сөз сөздік сөре тамшы тамыз тарақ тары тас тастақ тау тауық тағам терезе терек
теңге теңіз тиін той топырақ торы торғай тостаған тоғай тіл тірек түйе түлкі түн түс тұз тұлпар тұман тұмар
төбе төсек уақыт уық хабар хат шай шапан шатыр шаңырақ шаңғы шебер шеге шелек шеңбер шие шолпан шырша шілде
шұңқыр шөп ыдыс ырыс ыстық ілгек інжу іні қабақ қабырға қаз қазан қайшы қайық қайың қала қалам қалпақ қамшы
қанат қант қар қараша қарағай қарбыз қарлығаш қарға қасық қауын қауырсын қағаз қозы қой қойма қол қорған қоян
қоңыз қоңырау қыз қызғалдақ қымыз қымыран қыран қырат қыркүйек қыс құлын құм құмыра құмырсқа құрақ құс үзеңгі
үйрек үкі үміт үстел ұлттық ұршық ұстаз ұшақ һауа өзен өлең өмір өнер өрмек өрнек өрік өсімдік
"""

RUSSIAN = """
абрикос автобус адрес аист айва акация алмаз альбом ангар апрель аптека арбуз арена атлас балкон барабан баран
барсук башня белка берег береза беседа билет блокнот бобр болото борода бочка брат бревно брод бубен будка
буква булка бумага буря бутон бык вагон ваза валенок варенье василек ведро веник весло ветер ветка вечер вишня
внук вода воздух вокзал волна волос воробей ворона ворота воск восток вьюга газета галка гвоздь герань гитара
глина гнездо голос голубь гора горка город горох гость град гранат гриб гроза груша гусь дача дверь деревня
дерево десна дождь долина домбра дорога доска древо дрова друг дуб дуга дыня дятел ежевика ель енот жаба жара
жатва желудь жемчуг жетон жук журавль забор завод загадка закат залив замок запад запах заря звезда звон зебра
зеркало зерно зима змей знамя золото зонт зубр игла игра изба изюм имя индюк ирис искра июль июнь кабан калина
калитка камень камыш канат капля капуста карта картина каша квартал кедр кирпич кисть клен клюква ключ книга
ковер коза колесо колодец колокол комната компас конверт конь копыто корабль корзина корова костер котел кофе
кошка крапива кресло крыло крыша кувшин кузнец кукла кукуруза куст лавка ладонь лампа ландыш ласточка лебедь
лев лед лента лес лестница лето лимон липа лиса лист лодка ложка лопата лошадь луг луна лыжи май малина марка
маска масло мед медведь мел мельница метро мешок молоко молоток море морковь мороз мост мотор музей мука
муравей мыло мята мяч насос небо неделя нитка норка нота ночь обед облако образ овес овца огонь огурец озеро
океан окно олень орел орех осень остров ответ отец очки палатка пальто парк парус пастух пень перец перо песня
песок петух печь пион пирог письмо плащ плот площадь повар погода поезд поле полка помидор порог посуда почта
праздник пруд птица пуговица пчела пшеница радуга ракета рама рассвет река ремень репа рис рог родник роза
роса рубашка ручей рыба рынок рысь рябина сад салат самовар сапог сахар свеча север село сено сестра сирень
сказка скала скамья скворец слива слово слон снег собака сова сокол солнце соль сосна степь стол страна стул
сумка суп сыр танец тарелка театр тетрадь тигр тишина тополь топор трава тропа труба туман тыква угол ужин
узор улей улитка улица урок утка утро факел фасоль ферма флаг фонарь фонтан халат хвоя хлеб хобот холм хомяк
хор цапля цвет цветок цирк чайник чашка человек черника чеснок число шалаш шапка шарф шахта шерсть шишка школа
шляпа щавель щека щука экран эхо юбка юла яблоко ягода якорь янтарь ярмарка ясень ящик
"""

ENGLISH = """
acorn actor album almond amber anchor apple april apron arrow aspen atlas autumn axle badge bagel baker
balloon bamboo banjo barley barn basket beach bean bear beaver bell bench berry bicycle birch bird blanket
blossom boat bonnet book boot bottle bowl box branch bread brick bridge broom brother brush bucket butter
button cabin cactus camel camera candle canoe canvas carpet carrot castle cedar cellar chair chalk cheese
cherry chestnut chimney circle clay clock cloud clover coast coat coffee comet compass copper coral corn
cotton cousin cradle crane cream cricket crystal cup curtain cushion daisy dance dawn desk dinner doctor
donkey door dove dragon drawer dream drum duck dust eagle earth east echo elbow elm ember engine evening
falcon farm feather fence fern ferry fiddle field finger fire flag flame flour flower flute forest fork fossil
fountain fox friend frost fruit garden garlic gate ginger glacier glass glove goat gold goose grain granite
grape grass guitar hammer harbor harvest hat hawk hazel hedge helmet heron hill hive honey hood horse house
ice igloo ink iris iron island ivory ivy jacket jar jasmine jewel journey juice july june jungle kettle key
kitchen kite kitten knee knot ladder lake lamp lantern larch leaf lemon letter library light lily linen lion
lizard lotus magnet maple marble march market meadow melon meteor milk mill mirror mitten moon morning moss
mother mountain music mustard napkin needle nest night north novel number nutmeg oak oasis oats ocean olive
onion orange orchard otter oven owl oyster paddle palace paper parrot pasture path peach pear pebble pencil
pepper piano picnic pigeon pillow pine planet plate plum pocket pond poplar poppy potato prairie pumpkin
puzzle quail quarry quartz quilt rabbit radish raft rain raisin raven ribbon rice ring river road robin rocket
roof root rope rose ruby saddle sail salad salmon salt sand scarf school season seed shadow sheep shell ship
shoe shovel silk silver sister snow soap song soup south spade sparrow spoon spring square squirrel star stone
stork storm story stove straw street sugar summer sunset swan table tea temple tent thread thunder tiger
timber toast tomato torch tower trail train tree trumpet tulip tunnel turtle umbrella uncle valley vase velvet
village vine violin voyage wagon walnut water wave wheat wheel whistle willow wind window winter wolf wood
wool yard yarn yellow yogurt zebra zipper
"""

WORDS: dict[str, tuple[str, ...]] = {
    "kk": tuple(KAZAKH.split()),
    "ru": tuple(RUSSIAN.split()),
    "en": tuple(ENGLISH.split()),
}
"""By language; every list has more than 256 words, so six of them are at least 48 bits."""
