from .. import VERSION
from ..circle import Circle as C
