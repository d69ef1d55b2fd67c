from __future__ import annotations
x = u'a' 'b'; y = 'c' u'd'; z = f'' u''; w=u'a' f'{x}b'
é = f'é{é+b}é{c}'
f'''
é {é} {é}'''
