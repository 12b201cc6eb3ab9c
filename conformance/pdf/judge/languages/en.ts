import type { Language } from '../vocabulary/language.ts'

const english: Language = {
  name: 'English',
  types: {
    locations:
      'locations, location, loc(s), site(s), places, premises, branches, stores, shops, offices, facilities',
    users: 'users, user, usr(s), seat(s), people, members, persons, accounts, user seats',
    sso: 'single sign-on, sso, single signon, singlesignon, single sign-ons, sso connection(s), identity provider(s), idp, saml',
  },
  figures: {
    usage: `
      used, usage, use(s), in use, consumed, consumption, consumes, using, active, assigned, occupied, taken,
      current(ly), count, actual`,
    limit: `
      limit(s), [own|direct|local|set|configured] [limit|cap|quota|maximum](s), cap(s), quota(s), maximum, max(.),
      allowance(s), allowed, allotment(s), allotted, ceiling, entitled, entitlement(s), upper bound, granted,
      licen[s|c]ed, out of, of`,
    direct: `
      direct(ly), own, itself, this org( only), this organi[s|z]ation( only), self, local, org only,
      organi[s|z]ation only, alone, on its own`,
    subtree: `
      incl(.)( all)( its) [sub|child|desc]*, including( all)( its) [sub|child|desc]*, subtree, incl(.), inclusive,
      including, with [sub|child|desc]*, children, descendants, sub(-)org(s), sub(-)organi[s|z]ation(s), sub(-)tree,
      suborgani[s|z]*, whole tree, whole subtree, rolled up, roll(-)up, aggregate(d), cumulative, total, overall`,
    free: 'free, remaining, remains, left, available, spare, headroom, unused, capacity left',
    share: `
      utili[s|z]ation, utili[s|z]ed %, percent(age), share, ratio, of total, limit utili[s|z]ation`,
    effective: `
      [effective|inherited|parent|tightest|resulting|enforced] [limit|cap|quota|maximum](s), effective, enforced,
      applies, applicable, limit source, limit set by, set by`,
  },
  unlimited: `
    unlimited, no [limit|cap|quota|maximum|max|restriction]( set), not [limited|set|capped], uncapped, without limit,
    limitless`,
  disabled: `
    disabled, off, blocked, not allowed, not permitted, switched off, deactivated, prohibited, forbidden, zero,
    none allowed, not [available|enabled|included], unavailable`,
  nothing: 'none',
  inherited: 'inherited, inherit(s)',
  source: 'from, via',
  total: `
    total, totals, grand total(s), workspace total(s), overall total(s), report total(s), sum, overall,
    all organi[s|z]ations, entire workspace`,
  subtotal: 'subtotal, sub(-)total(s), sub total(s)',
  statistic: 'average, mean, median',
  parent: `
    parent, part of, child of, under, below, belongs to, reports to, inherit(s) from, inherited from, within, limited by,
    capped by, set by, subsidiary of, division of`,
  joint: 'of, out of',
  conjunction: 'and',
  page: 'page, p., pg(.)',
  workspace: 'workspace, workspace name',
  organization: 'organi[s|z]ation(s), organi[s|z]ation name, customer, name, company, org',
  archived: 'archived, deleted, removed, closed, retired, terminated, decommissioned, former',
  everything: 'all, every',
  counter: 'entry, entries, item(s), customers, companies',
  furniture: 'organi[s|z]ation(s), date, generated, billing, report, period, as of',
}

export default english
