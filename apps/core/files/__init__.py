"""Files from strangers, read within bounds: text in any encoding, packed files, XML.

Knows no HTTP, no database and no word of the domain. What is too much is refused before it is
unpacked or kept, and whoever sent it is told so in the words of whoever reads it (`Words`).
"""
