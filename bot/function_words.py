"""Small words that give a language away, also alone: they belong to one of the four languages in Latin letters only."""

from __future__ import annotations

FUNCTION_WORDS = {
    "fi": frozenset(
        """
        ja on ei en onko oon mä sä mun mulla sun minä sinä minun sinun se tää tämä mitä mikä missä milloin koska miten
        kuinka paljonko voinko saanko haluan haluaisin pitää täytyy kun jos mutta niin myös vielä nyt kiitos moi hei terve
        kyllä joo juu apua mistä mihin kuka puhelin soittakaa
        """.split()
    ),
    "sv": frozenset(
        """
        och är inte jag du det ett att min mitt mina din vad när var hur vem kan får vill ska måste på för med till från om
        eller men också nu tack hej hejsan ja nej jo finns har ni er vi här där varför hjälp någon något skulle
        """.split()
    ),
    "en": frozenset(
        """
        the and is are not i you my your it what when where how who can could may want would should must for with from or
        but also now thanks hello hi yes no please do does did have has we they this that there why help someone to of
        """.split()
    ),
    "so": frozenset(
        """
        waa iyo ma waxaan waxaa maxaa maxay sidee goorma xaggee halkee yaa miyaan miyaad ayaa baa kuu kaa igu ila iga aan
        aad uu ay waan waad kama lama fadlan mahadsanid salaan haa maya haye doonayaa rabaa karaa leeyahay ku ka oo ah in
        anigu adigu hadda caawi taleefan lacagta imisa immisa meeqa
        """.split()
    ),
}
