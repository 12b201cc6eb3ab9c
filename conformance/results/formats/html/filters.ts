import { levels, outcomes } from '../../../catalogue/check.ts'
import type { CheckResult } from '../../report.ts'
import { byWeight, outcomeNames } from '../summary.ts'
import { html, Markup } from './markup.ts'

/** Radio buttons that the style sheet reads: filtering works without a script, by keyboard, and in any viewer. */
export function filters(checks: CheckResult[]): Markup {
  const areas = [...new Set(checks.map(({ area }) => area))]
  const count = (isChosen: (result: CheckResult) => boolean) => checks.filter(isChosen).length
  return html`<div class="filters" role="group" aria-label="Which checks are shown">
${choices(
  'outcome',
  byWeight,
  (name) => outcomeNames[name].name,
  (name) => count(({ outcome }) => outcome === name),
)}
${choices(
  'level',
  levels,
  (name) => name,
  (name) => count(({ level }) => level === name),
)}
${choices(
  'area',
  areas,
  (name) => name,
  (name) => count(({ area }) => area === name),
)}
</div>`
}

function choices<T extends string>(
  group: string,
  values: readonly T[],
  nameOf: (value: T) => string,
  countOf: (value: T) => number,
): Markup {
  const present = values.filter((value) => countOf(value) > 0)
  const all = present.reduce((sum, value) => sum + countOf(value), 0)
  const choice = (id: string, name: string, number: number, isChosen: boolean) =>
    html`<label><input type="radio" name="${group}" id="${group}-${id}"${isChosen && html` checked`}><span>${name} <b>${number}</b></span></label>`
  return html`<fieldset><legend>${group}</legend><div>${choice('all', 'all', all, true)}${present.map((value) => choice(value, nameOf(value), countOf(value), false))}</div></fieldset>`
}

/** The rules that hide what is not chosen; a check that a link points to is shown in any case. Areas are upper-case letters. */
export function filterRules(areas: string[]): Markup {
  const chosen = (...ids: string[]) => `body${ids.map((id) => `:has(#${id}:checked)`).join('')}`
  const hide = '{display:none}\n'
  const kinds = [
    ...outcomes.map((name) => ({ ids: [`outcome-${name}`], classes: `.${name}` })),
    ...levels.map((name) => ({ ids: [`level-${name}`], classes: `.${name}` })),
  ]
  const pairs = outcomes.flatMap((outcome) =>
    levels.map((level) => ({
      ids: [`outcome-${outcome}`, `level-${level}`],
      classes: `.${outcome}.${level}`,
    })),
  )
  const rules = [
    ...kinds.map(({ ids, classes }) => `${chosen(...ids)} .check:not(${classes}):not(:has(:target))${hide}`),
    ...[...kinds, ...pairs].flatMap(({ ids, classes }) => [
      `${chosen(...ids, 'area-all')} .area:not(:has(${classes})):not(:has(:target))${hide}`,
      `${chosen(...ids)} .area:not(:has(${classes})) .nothing{display:block}\n`,
      `${chosen(...ids, 'area-all')} .list:not(:has(${classes}))>.nothing{display:block}\n`,
    ]),
    ...areas.map((area) => `${chosen(`area-${area}`)} .area:not(.${area}):not(:has(:target))${hide}`),
  ]
  return new Markup(rules.join(''))
}
