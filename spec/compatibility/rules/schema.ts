import type { SchemaRules } from './rule.ts'

/** The limits of a value: the keyword, and what it is called and counts. Upper ones narrow when lowered, lower ones when raised. */
export const bounds = [
  { id: 'maximum', keyword: 'maximum', exclusive: 'exclusiveMaximum', upper: true, says: 'at most {}' },
  { id: 'minimum', keyword: 'minimum', exclusive: 'exclusiveMinimum', upper: false, says: 'at least {}' },
  { id: 'maximum-length', keyword: 'maxLength', upper: true, unit: 'character', says: 'at most {} long' },
  { id: 'minimum-length', keyword: 'minLength', upper: false, unit: 'character', says: 'at least {} long' },
  { id: 'maximum-items', keyword: 'maxItems', upper: true, unit: 'item', says: 'at most {} long' },
  { id: 'minimum-items', keyword: 'minItems', upper: false, unit: 'item', says: 'at least {} long' },
  {
    id: 'maximum-contained',
    keyword: 'maxContains',
    upper: true,
    unit: 'time',
    says: 'at most {} what it contains',
  },
  {
    id: 'minimum-contained',
    keyword: 'minContains',
    upper: false,
    // The default (JSON Schema 2020-12, Validation §6.4.5).
    implied: 1,
    unit: 'time',
    says: 'at least {} what it contains',
  },
  {
    id: 'maximum-properties',
    keyword: 'maxProperties',
    upper: true,
    unit: 'property',
    says: 'at most {} wide',
  },
  {
    id: 'minimum-properties',
    keyword: 'minProperties',
    upper: false,
    unit: 'property',
    says: 'at least {} wide',
  },
] as const

const boundRules: SchemaRules = Object.fromEntries(
  bounds.flatMap(({ id, upper, says, ...bound }): [string, SchemaRules[string]][] => {
    const [is, change] = [`is now ${says.replace('{}', '{to}')}`, `; it was {from}.`]
    const [up, down] = upper ? (['widened', 'narrowed'] as const) : (['narrowed', 'widened'] as const)
    return [
      [`${id}-raised`, [is + change, up]],
      [`${id}-lowered`, [is + change, down]],
      // What has a default is never absent.
      ...('implied' in bound
        ? []
        : ([
            [`${id}-added`, [`${is}; it had no such limit.`, 'narrowed']],
            [`${id}-removed`, [`is no longer limited to ${says.replace('{}', '{from}')}.`, 'widened']],
          ] satisfies [string, SchemaRules[string]][])),
    ]
  }),
)

/** Schema, Discriminator, XML: OAS 3.0.3 §4.7.24 to §4.7.26. */
export const schemaRules = {
  ...boundRules,
  'type-widened': ['is now of {to}; it was of {from}.', 'widened'],
  'type-narrowed': ['is now of {to}; it was of {from}.', 'narrowed'],
  'type-changed': ['is now of {to}; it was of {from}.', 'changed'],
  'null-allowed': ['may now be null.', 'widened'],
  'null-forbidden': ['may no longer be null.', 'narrowed'],
  'enum-values-added': ['may now be {values} as well.', 'widened'],
  'enum-values-removed': ['may no longer be {values}.', 'narrowed'],
  'enum-added': ['is now one of {values}; it could be anything.', 'narrowed'],
  'enum-removed': ['may now be anything; it was one of {values}.', 'widened'],
  'enum-changed': ['is now one of {to}; it was one of {from}.', 'changed'],
  'extensible-values-added': ['is also known to be {values}; there may be others.', 'extended'],
  'extensible-values-removed': ['is no longer known to be {values}.', 'narrowed'],
  'pattern-added': ['now has to match {to}.', 'narrowed'],
  'pattern-removed': ['no longer has to match {from}.', 'widened'],
  'pattern-widened': ['now has to match {to}, which everything that matched {from} does.', 'widened'],
  'pattern-narrowed': ['now has to match {to}, which not everything that matched {from} does.', 'narrowed'],
  'pattern-changed': ['now has to match {to}; it was {from}.', 'changed'],
  'multiple-narrowed': ['is now a multiple of {to}; it was of {from}.', 'narrowed'],
  'multiple-widened': ['is now a multiple of {to}; it was of {from}.', 'widened'],
  'multiple-changed': ['is now a multiple of {to}; it was of {from}.', 'changed'],
  'unique-items-required': ['may no longer hold the same item twice.', 'narrowed'],
  'unique-items-lifted': ['may now hold the same item twice.', 'widened'],
  'format-added': ['now has the format {to}.', 'narrowed'],
  'format-removed': ['no longer has the format {from}.', 'widened'],
  'format-widened': ['now has the format {to}; it was {from}.', 'widened'],
  'format-narrowed': ['now has the format {to}; it was {from}.', 'narrowed'],
  'format-changed': ['now has the format {to}; it was {from}.', 'changed'],
  'default-changed': ['now means {to} when left out; it meant {from}.', 'reinterpreted'],
  'default-added': ['now means {to} when left out; nothing was said.', 'unsettled'],
  'default-removed': ['no longer says that leaving it out means {from}.', 'unsettled'],
  'property-added': ['has a new optional property, {name}.', 'added'],
  'property-added-to-closed': [
    'has a new optional property, {name}; other properties were forbidden.',
    'widened',
  ],
  'property-removed': ['no longer has the property {name}.', 'withdrawn'],
  'required-property-added': ['has a new required property, {name}.', 'narrowed'],
  'required-property-added-to-closed': [
    'has a new required property, {name}; other properties were forbidden.',
    'changed',
  ],
  'required-property-removed': ['no longer has the property {name}, which was always there.', 'widened'],
  'property-became-required': ['now always has {name}; it was optional.', 'narrowed'],
  'property-became-optional': ['may now lack {name}; it was required.', 'widened'],
  'additional-properties-forbidden': ['no longer has properties other than those named.', 'narrowed'],
  'additional-properties-allowed': ['may now have properties other than those named.', 'widened'],
  'additional-properties-narrowed': ['may now have other properties only of a given kind.', 'narrowed'],
  'additional-properties-widened': ['may now have other properties of any kind.', 'widened'],
  'name-pattern-added': ['now restricts properties whose names match {pattern}.', 'narrowed'],
  'name-pattern-removed': ['no longer restricts properties whose names match {pattern}.', 'widened'],
  'name-pattern-allowed': ['may now have properties whose names match {pattern}.', 'widened'],
  'name-pattern-forbidden': ['may no longer have properties whose names match {pattern}.', 'narrowed'],
  'condition-added': ['now has to satisfy one more condition ({keyword}).', 'narrowed'],
  'condition-removed': ['no longer has to satisfy a condition ({keyword}).', 'widened'],
  'condition-changed': ['now has to satisfy another condition ({keyword}).', 'changed'],
  'alternative-added': ['may now be {name} as well.', 'widened'],
  'alternative-removed': ['may no longer be {name}.', 'narrowed'],
  'alternatives-narrowed': ['is now one of {to}, each of which it could be before.', 'narrowed'],
  'alternatives-widened': ['is no longer limited to {from}, each of which it may still be.', 'widened'],
  'alternatives-overlap': [
    'now has to fit exactly one of its alternatives; what fits {single} fits several.',
    'narrowed',
  ],
  'alternatives-overlap-lifted': [
    'no longer has to fit exactly one of its alternatives; what fits {single} fitted several.',
    'widened',
  ],
  'alternatives-changed': ['is now {to}; it was {from}.', 'changed'],
  'alternatives-made-exclusive': ['is now exactly one of the alternatives; it was at least one.', 'narrowed'],
  'alternatives-made-inclusive': ['is now at least one of the alternatives; it was exactly one.', 'widened'],
  'discriminator-added': ['is now told apart by {to}.', 'narrowed'],
  'discriminator-removed': ['is no longer told apart by {from}.', 'widened'],
  'discriminator-changed': ['is now told apart by {to}; it was by {from}.', 'changed'],
  'discriminator-value-added': ['may now say {values} for {name} as well.', 'widened'],
  'discriminator-value-removed': ['may no longer say {values} for {name}.', 'narrowed'],
  'discriminator-value-changed': ['now says {to} for {name}; it said {from}.', 'changed'],
  'exclusion-added': ['now excludes more.', 'narrowed'],
  'exclusion-removed': ['now excludes less.', 'widened'],
  'exclusion-changed': ['now excludes something else.', 'changed'],
  'xml-changed': ['is now written differently in XML.', 'changed'],
  'schema-deprecated': ['is deprecated; it works as before.', 'annotated'],
  'schema-restored': ['is no longer deprecated.', 'annotated'],
  'sunset-added': ['is announced to be removed on {to}.', 'annotated'],
  'sunset-removed': ['is no longer announced to be removed on {from}.', 'annotated'],
  'sunset-postponed': ['is to be removed on {to}, before on {from}.', 'annotated'],
  'sunset-advanced': ['is to be removed on {to}, before on {from}: clients had until then.', 'hastened'],
  'documentation-changed': ['differs in its {field}; nothing else follows.', 'annotated'],
} satisfies SchemaRules
