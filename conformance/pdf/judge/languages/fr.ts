import type { Language } from '../vocabulary/language.ts'

const french: Language = {
  name: 'French',
  types: {
    locations: 'emplacements, emplacement, site(s), lieux, établissement(s)',
    users: 'utilisateurs, utilisateur, comptes',
    sso: 'authentification unique',
  },
  figures: {
    usage: 'utilisé, utilis[ée|és|ées|ation], consommé(e)(s), consommation',
    limit: 'limite(s), plafond(s), quota(s), maximum, autorisé(e)(s), sur',
    direct: 'direct, directe(s), propre(s)',
    subtree: `
      total, totale, sous-arbre, cumulé(s), compris(e)(es), avec filiales, filiales, sous-organisations, inclus`,
    free: 'libre(s), disponible(s), restant(e)(s), reste',
    share: 'taux',
    effective: 'limite effective, effectif, effective, limité *',
  },
  unlimited: 'illimité(e)(s), sans limite, aucune limite',
  disabled: 'désactivé(e)(s), interdit(e)(s), indisponible, non disponible',
  nothing: 'aucun(e), sans',
  inherited: 'hérité(e)(s), hérit*',
  total: 'total, totaux, total général, somme, totale',
  subtotal: 'sous-total, sous-totaux',
  statistic: 'moyenne, médiane',
  parent: 'supérieur, superieur, filiale de, sous',
  joint: 'sur, de',
  conjunction: 'et',
  page: 'page, p.',
  workspace: 'espace de travail',
  organization: 'organisation(s), client, nom, société',
  archived: 'archivé(e)(s), supprimé(e)(s), fermé(e)(s), anciennes',
  everything: 'toutes( les), tous( les)',
  counter: 'élément(s), entrée(s), clients, sociétés',
  furniture: 'date, généré, rapport, période',
}

export default french
