"""The benchmark's customers and groups: what is stored of them, and what a right answer says."""
import base64
import json
import subprocess
import time

RIGHTS = ['pickup', 'steal', 'spy', 'setPresence', 'queueMember', 'viewOtherParty', 'sms',
          'readCalendar', 'writeCalendar', 'readPhonebook', 'writePhonebook']
GRANTED = {'pickup', 'steal', 'queueMember', 'readCalendar', 'readPhonebook'}

RESELLER, CUSTOMER, STRANGER = (f'0a0a0a0a{number:016x}' for number in (1, 2, 3))
ISSUER = 'https://benchmark.invalid'
TOKENS = 64
EXPANDED = '?expandExtension=true&expandGoto=true'


class Dataset:
    """Some number of documents: a tenth are groups of ten members and three controllers, a fiftieth are menus, the rest extensions.

    With `sizes` there are also some groups of each of these numbers of members.
    """

    OF_EACH_SIZE = 20

    def __init__(self, documents, sizes=()):
        self.groups, self.menus = documents // 10, documents // 50
        self.extensions = documents - self.groups - self.menus
        self.sizes = list(sizes)

    def group_ids(self):
        return [_group_id(number) for number in range(self.groups)]

    def group_ids_of_size(self, size):
        first = self.groups + self.sizes.index(size) * self.OF_EACH_SIZE
        return [_group_id(number) for number in range(first, first + self.OF_EACH_SIZE)]

    def documents(self):
        """(collection, document) of everything, as extended JSON."""
        yield 'Customers', {'_id': _oid(RESELLER), 'name': 'Reseller', 'isReseller': True, 'parentReseller': None}
        yield 'Customers', {'_id': _oid(CUSTOMER), 'name': 'Customer', 'parentReseller': _oid(RESELLER)}
        yield 'Customers', {'_id': _oid(STRANGER), 'name': 'Stranger', 'parentReseller': None}
        for number in range(self.extensions):
            yield 'PbxDialplans', _item(_extension_id(number), 'EXTENSION', *_extension(number))
        for number in range(self.menus):
            yield 'PbxDialplans', _item(_menu_id(number), 'MENU_ROUTER', *_menu(number))
        for number in range(self.groups + len(self.sizes) * self.OF_EACH_SIZE):
            group = self._group(number)
            stored = _item(group['_id'], 'GROUP', group['number'], group['name'])
            stored.update({right: right in GRANTED for right in RIGHTS})
            stored.update(
                startAudio=None, redirect=None, notes=group['notes'], strategy='RANDOM', ringTime=20,
                members=[_oid(_extension_id(one)) for one in group['members']],
                controllers=[_oid(_extension_id(one)) for one in group['controllers']],
                timeoutGoto=_oid(_menu_id(group['menu'])))
            yield 'PbxDialplans', stored

    def expected(self, group_id, expanded=False):
        """The answer about a group, key by key in the contract's order."""
        group = self._group(int(group_id[8:], 16))

        def extension(number):
            if not expanded:
                return _extension_id(number)
            call, name = _extension(number)
            return {'_id': _extension_id(number), 'number': call, 'name': name}

        def menu(number):
            if not expanded:
                return _menu_id(number)
            call, name = _menu(number)
            return {'_id': _menu_id(number), 'type': 'MENU_ROUTER', 'number': call, 'name': name}

        return {
            '_id': group_id, 'type': 'GROUP', 'customer': CUSTOMER, 'name': group['name'], 'number': group['number'],
            'startAudio': None, 'redirect': None, 'notes': group['notes'],
            'members': [extension(one) for one in group['members']],
            'controllers': [extension(one) for one in group['controllers']],
            **{right: right in GRANTED for right in RIGHTS},
            'strategy': 'RANDOM', 'ringTime': 20, 'timeoutGoto': menu(group['menu'])}

    def _group(self, number):
        size = 10 if number < self.groups else self.sizes[(number - self.groups) // self.OF_EACH_SIZE]
        return {
            '_id': _group_id(number), 'name': f'Support {number}', 'number': str(800 + number), 'notes': 'Primary support ring group',
            'members': [(number * 7 + 13 * one) % self.extensions for one in range(size)],
            'controllers': [(number * 3 + 17 * one) % self.extensions for one in range(3)],
            'menu': number % self.menus}


def _group_id(number):
    return f'60000000{number:016x}'


def _extension_id(number):
    return f'50000000{number:016x}'


def _menu_id(number):
    return f'70000000{number:016x}'


def _extension(number):
    return str(1000 + number), f'Employee Number {number}'


def _menu(number):
    return str(8000 + number), f'Menu {number}'


def _oid(hexadecimal):
    return {'$oid': hexadecimal}


def _item(identity, kind, number, name):
    return {'_id': _oid(identity), 'type': kind, 'customer': _oid(CUSTOMER), 'number': number, 'name': name}


class Issuer:
    """Signs tokens, with a key made for this run."""

    def __init__(self, folder):
        self._private, self.public = folder / 'private.pem', folder / 'public.pem'
        make = ['openssl', 'genpkey', '-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048', '-out', self._private]
        subprocess.run(make, check=True, stderr=subprocess.DEVNULL)
        subprocess.run(['openssl', 'pkey', '-in', self._private, '-pubout', '-out', self.public], check=True)

    def tokens(self, level, customer, how_many=TOKENS):
        return [self.token(level, customer, user=f'user-{number}') for number in range(how_many)]

    def token(self, level, customer, user='user', lifetime=12 * 3600):
        now = int(time.time())
        claims = {'iss': ISSUER, 'sub': user, 'groups': [level], 'customer': customer, 'iat': now, 'exp': now + lifetime}
        signed = '.'.join(_base64(json.dumps(part).encode()) for part in ({'alg': 'RS256', 'typ': 'JWT'}, claims))
        sign = ['openssl', 'dgst', '-sha256', '-sign', self._private]
        return signed + '.' + _base64(subprocess.run(sign, input=signed.encode(), check=True, stdout=subprocess.PIPE).stdout)


def _base64(content):
    return base64.urlsafe_b64encode(content).rstrip(b'=').decode()
