import type { Style } from './showing.ts'

const english = { locations: 'Locations', users: 'Users', sso: 'SSO' }

/** Wordings and number formats. */
export const styles: Record<string, Style> = {
  plain: {
    types: english,
    direct: 'Own use',
    subtree: 'Incl. sub-organizations',
    limit: 'Limit',
    free: 'Free',
    none: '-',
    zero: '0',
    grouping: '',
    shows: 'subtree',
    ids: false,
  },
  both: {
    types: { locations: 'Sites', users: 'Seats', sso: 'Single sign-on' },
    direct: 'Direct',
    subtree: 'Subtree',
    limit: 'Cap',
    free: 'Available',
    none: 'Unlimited',
    zero: 'Disabled',
    grouping: ',',
    shows: 'both',
    ids: true,
  },
  german: {
    types: { locations: 'Standorte', users: 'Benutzer', sso: 'SSO' },
    direct: 'Genutzt',
    subtree: 'Genutzt',
    limit: 'Obergrenze',
    free: 'Frei',
    none: 'unbegrenzt',
    zero: 'gesperrt',
    grouping: '.',
    shows: 'direct',
    ids: false,
  },
  unusual: {
    types: { locations: 'Outlets', users: 'Logins', sso: 'Federation' },
    direct: 'Drawn',
    subtree: 'Drawn',
    limit: 'Allotment',
    free: 'Spare',
    none: 'open',
    zero: '0',
    grouping: ' ',
    shows: 'subtree',
    ids: false,
  },
}
