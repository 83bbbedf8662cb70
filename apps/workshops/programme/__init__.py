"""Reading the programme of a day, as people paste it, as sessions.

What is understood, in English, German and French:

- A line with a time is a session: "09:00–10:30 Opening plenary (Room A)", "9.30 Coffee", "9 am –
  10:30 am: Keynote", "von 9 bis 10 Uhr Begrüßung", "9h30 – 10h Accueil", "Talk, 14:00–15:00", and
  rows of a table, with tabs or upright strokes between the cells.
- A line with a day stands above the day's sessions: "Tuesday, 13 May", "13.05.2026", "mardi 13
  mai", "Day 2". Several days follow one another.
- What is listed under parallel sessions is one of them: "14:00 Breakouts: - Table 1 - Table 2", or
  the same in lines with bullets or set in.
- A room stands in brackets, after a comma or "@", or on a line that begins with "Room:".

Every other line with words is kept, with its number, for people to mend. Nothing is thrown away.
"""

from apps.workshops.programme.reading import Entry, Programme, UnreadLine, read_programme

__all__ = ["Entry", "Programme", "UnreadLine", "read_programme"]
