"""From a workshop to the content of its memo: what is frozen, and then rendered in any form.

`gather` reads, in a constant number of queries; everything after it is a function of what was
read. The attribution rule and the wording are applied here, once, so that no output can forget
them.
"""

from apps.memos.assembling.material import Material, gather
from apps.memos.assembling.memo import assemble, digest, named_in

__all__ = ["Material", "assemble", "digest", "gather", "named_in"]
