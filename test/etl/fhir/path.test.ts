import { expect, test } from 'vitest';
import { compilePath } from '../../../etl/fhir/path.ts';
import { MisfitError } from '../../../etl/fhir/path-function.ts';

const patient = {
  resourceType: 'Patient',
  id: 'p1',
  active: true,
  multipleBirthInteger: 2,
  name: [
    { use: 'official', family: 'A', given: ['x', 'y'] },
    { use: 'nickname', given: ['z'] },
    { use: 'old', family: 'B' },
  ],
  contained: [
    { resourceType: 'Organization', id: 'o1' },
    { resourceType: 'Patient', id: 'p9' },
  ],
  extension: [
    { url: 'http://a', valueString: 'one' },
    { url: 'http://b', extension: [{ url: 'c', valueCode: 'two' }] },
  ],
  managingOrganization: { reference: 'Organization/o1' },
  generalPractitioner: [{ reference: 'https://x.org/fhir/Practitioner/d1/_history/3' }, { reference: '#d2' }],
  link: [null, { other: { reference: 'Patient/p1' } }],
};

const constants = new Map<string, string | number | boolean>([
  ['use', 'official'],
  ['n', 2],
  ['yes', true],
]);

const found = (path: string, on: unknown = patient): readonly unknown[] => compilePath(path, constants)([on]);

test.each<readonly [string, readonly unknown[]]>([
  // elements
  ['id', ['p1']],
  ['name.family', ['A', 'B']],
  ['name.given', ['x', 'y', 'z']],
  ['name.given[1]', ['y']],
  ['name.given[9]', []],
  ['nothing.at.all', []],
  ['$this.id', ['p1']],
  ['link.other.reference', ['Patient/p1']],
  // literals and constants
  ["'it\\'s'", ["it's"]],
  ['7', [7]],
  ['1.5', [1.5]],
  ['true', [true]],
  ['%n', [2]],
  // functions
  ['name.first().family', ['A']],
  ["name.where(use = 'old').family", ['B']],
  ['name.where(use = %use).given.first()', ['x']],
  ['name.where(given.exists()).use', ['official', 'nickname']],
  ['name.where($this.family.empty()).use', ['nickname']],
  ['name.exists()', [true]],
  ["name.exists(use = 'maiden')", [false]],
  ['contact.exists()', [false]],
  ['contact.empty()', [true]],
  ['active.not()', [false]],
  ['contact.not()', []],
  ["name.given.join(',')", ['x,y,z']],
  ['name.given.join()', ['xyz']],
  ['contact.join()', []],
  ["extension('http://a').value.ofType(string)", ['one']],
  ["extension('http://b').extension('c').value.ofType(code)", ['two']],
  ["extension('http://z').value.ofType(string)", []],
  ['multipleBirth.ofType(integer)', [2]],
  ['multipleBirth.ofType(boolean)', []],
  ['contained.ofType(Organization).id', ['o1']],
  // keys
  ['getResourceKey()', ['p1']],
  ['managingOrganization.getReferenceKey()', ['o1']],
  ['managingOrganization.getReferenceKey(Organization)', ['o1']],
  ['managingOrganization.getReferenceKey(Patient)', []],
  ['generalPractitioner.getReferenceKey(Practitioner)', ['d1']],
  ['link.other.getReferenceKey() = getResourceKey()', [true]],
  // comparison and logic, of three values
  ['multipleBirth.ofType(integer) = 2', [true]],
  ['multipleBirth.ofType(integer) != %n', [false]],
  ['multipleBirth.ofType(integer) > 1', [true]],
  ['multipleBirth.ofType(integer) >= 3', [false]],
  ['multipleBirth.ofType(integer) < 2', [false]],
  ['multipleBirth.ofType(integer) <= 2', [true]],
  ["id < 'p2'", [true]],
  ['id < 2', []],
  ["contact = 'x'", []],
  ["(id = 'p1' or id = 'p2') and active", [true]],
  ["id = 'p2' and contact", [false]],
  ['active and contact', []],
  ['active or contact', [true]],
  ["contact or id = 'p2'", []],
  ["id = 'p2' or id = 'p1' and active", [true]],
])('%s', (path, expected) => {
  expect(found(path)).toEqual(expected);
});

test.each([
  ['Patient/a-1.B', ['a-1.B']],
  ['http://x/Patient/7', ['7']],
  ['urn:uuid:0af', ['0af']],
  ['Patient?identifier=http://x|77', ['77']],
  ['Patient?identifier=77', ['77']],
  ['Patient?name=77', []],
  ['#a', []],
  ['words', []],
])('the reference %s has the key %j', (reference, key) => {
  expect(found('getReferenceKey()', { reference })).toEqual(key);
});

test('several values where one is wanted do not fit', () => {
  expect(() => found('name.where(given)')).toThrow(MisfitError);
  expect(() => found('name.family and active')).toThrow(MisfitError);
});

test.each([
  ['name.', 'ends too early'],
  ['name)', 'has `)` where it is not understood'],
  ['name + 1', 'is not understood from `+ 1` on'],
  ['name[x]', 'has `x` where it is not understood'],
  ['%who', 'names the constant `%who`, which the view does not have'],
  ['name.last()', 'calls `last()`; there are first, exists,'],
  ['name.toString()', 'calls `toString()`'],
  ['name.first(1)', 'gives `first()` an argument; it takes none'],
  ['name.where()', 'gives `where()` no argument; it takes one'],
  ['Patient.name', 'begins with the type `Patient`'],
  ["where('a)", 'is not understood'],
])('%s is refused', (path, says) => {
  expect(() => compilePath(path, constants)).toThrow(says);
});
