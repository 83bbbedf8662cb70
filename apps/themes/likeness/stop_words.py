"""Words that say nothing of what a text is about."""

_EN = """ a about above after again against all also although always am among an and another any
anybody are aren't around as at be became because become been before being below between both
but by can cannot can't could did do does doesn't doing don't down during each either else
enough especially even ever every everybody few first for from further get gets had has have
having he her here hers him his how however i if in instead into is isn't it its just let like
made make makes many may maybe might more most much must need needs neither never no nobody none
nor not nothing now of off often on once one only or other others our ours out over own perhaps
quite rather really said same say says see seem seems she should since so some somebody
something sometimes still such take than that the their theirs them then there therefore these
they thing things this those though through thus to together too toward towards under until up
upon us use used using very was way ways we well were what when where whether which while who
whom whose why will with within without would yet you your yours participant participants group
groups people discussion discussed noted agreed workshop view views
"""
_DE = """
aber alle allem allen aller alles als also am an andere anderen anderer anderes auch auf aus bei
beide beiden beim bereits bin bis bist da dabei dadurch dafür dagegen daher damit danach dann
daran darauf daraus darin darüber darum das dass davon dazu dein dem den denen denn der deren
des dessen deshalb die dies diese diesem diesen dieser dieses doch dort du durch eben ein eine
einem einen einer eines einige einigen einmal er es etwa etwas euch eure für gab ganz gegen gibt
gut habe haben hat hatte hatten hier hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im
immer in indem ins irgend ist ja jede jedem jeden jeder jedes jedoch jener jetzt kann kein keine
keinem keinen keiner können könnte machen mal man manche mehr mein meine mich mir mit muss
müssen nach nicht nichts noch nun nur ob oder ohne schon sehr sein seine seinem seinen seiner
seit selbst sich sie sind so sogar solche sollen sollte sondern sonst sowie soll über um und uns
unser unsere unter viel viele vielleicht vom von vor während wann war waren warum was weil
weiter welche welchem welchen welcher welches wenn wer werde werden wie wieder will wir wird
wirklich wo wollen worden wurde wurden würde würden zu zum zur zwar zwischen teilnehmer
teilnehmende gruppe gruppen menschen leute diskussion workshop
"""
_FR = """
afin ainsi alors après assez au aucun aucune aujourd aussi autre autres aux avant avec avoir
avait beaucoup bien car ce ceci cela celle celles celui cependant certains ces cet cette ceux
chaque chez comme comment contre dans de depuis des deux devant doit doivent donc dont du elle
elles en encore enfin entre est et était étaient été être eux fait faire faut fois font hors ici
il ils je jusqu la là le les leur leurs lors lorsque lui ma mais me même mêmes mes mieux moi
moins mon ne ni non nos notre nous on ont ou où par parce parfois pas pendant peu peut peuvent
plus plusieurs pour pourquoi pourrait presque puis qu quand que quel quelle quelles quelque
quelques quels qui quoi sa sans se selon sera ses seulement si sien son sont souvent sous sur ta
te tel telle tes toi ton toujours tous tout toute toutes très trop tu un une va vers vont vos
votre vous y participant participants participantes groupe groupes personnes gens discussion
atelier
"""
_ES = """
al algo alguien algún alguna algunas algunos ante antes aquel aquella aquí así aun aún aunque
bajo bien cada casi como cómo con contra cual cuál cuales cualquier cuando cuándo cuanto de debe
deben del desde donde dónde dos durante el él ella ellas ellos en entonces entre era eran es esa
esas ese eso esos esta está estaba están estar estas este esto estos fue fueron ha haber había
hace hacer hacia han hasta hay la las le les lo los más me mejor menos mi mis mientras mismo
misma mismos mucha muchas mucho muchos muy nada nadie ni ningún ninguna no nos nosotros nuestra
nuestro nunca o os otra otras otro otros para pero poco pocos por porque pues puede pueden que
qué quien quién quienes se según sea ser si sí sido siempre sin sino sobre solo sólo son su sus
también tampoco tan tanto te tener tiene tienen toda todas todavía todo todos tras tu tus un una
unas uno unos usted va vamos van varios ya yo participante participantes grupo grupos personas
gente discusión taller
"""
STOP_WORDS: dict[str, frozenset[str]] = {
    "en": frozenset(_EN.split()),
    "de": frozenset(_DE.split()),
    "fr": frozenset(_FR.split()),
    "es": frozenset(_ES.split()),
}
