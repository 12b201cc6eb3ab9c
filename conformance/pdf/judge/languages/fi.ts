import type { Language } from '../vocabulary/language.ts'

const finnish: Language = {
  name: 'Finnish',
  types: {
    locations: 'toimipaikat, toimipaikka, sijainnit',
    users: 'käyttäjät, käyttäjä, käyttäjiä',
    sso: 'kertakirjautuminen',
  },
  figures: {
    usage: 'käytetty, käytössä, käyttö',
    limit: 'raja, yläraja, enimmäismäärä, sallittu',
    direct: 'suora, oma, omat',
    subtree: 'alaorganisaatioineen, mukaan lukien *',
    free: 'vapaana, vapaa, jäljellä',
    share: 'käyttöaste, osuus',
    effective: 'voimassa oleva raja',
  },
  unlimited: 'rajaton, ei rajaa, rajoittamaton',
  disabled: 'pois käytöstä, estetty',
  nothing: 'ei, ei mitään',
  inherited: 'peritty',
  total: 'yhteensä, summa',
  subtotal: 'välisumma',
  statistic: 'keskiarvo, mediaani',
  parent: 'ylempi',
  conjunction: 'ja',
  page: 'sivu',
  workspace: 'työtila',
  organization: 'organisaatio(t), asiakas, nimi, yritys',
  archived: 'arkistoitu, arkistoidut, poistettu, poistetut, suljettu, suljetut, entiset',
  everything: 'kaikki',
  counter: 'organisaatiota',
  furniture: 'päivämäärä, luotu, raportti, ajanjakso',
}

export default finnish
