import type { Language } from '../vocabulary/language.ts'

const spanish: Language = {
  name: 'Spanish',
  types: {
    locations: 'ubicaciones, ubicación, sede(s)',
    users: 'usuarios, usuario',
    sso: 'inicio de sesión único',
  },
  figures: {
    usage: 'usado, usad[o|a](s), uso, en uso, utilizad[o|a](s), consumo',
    limit: 'límite(s), tope(s), cupo, máximo(s), maxim*, permitid[o|a](s), de',
    direct: 'directo, directos, directa(s), propi[o|a](s)',
    subtree: 'acumulado, acumulado(s), subárbol, incluido(s), con filiales, filiales, total',
    free: 'disponible(s), libre(s), restante(s)',
    share: 'porcentaje',
    effective: 'límite efectivo, efectivo, limitado *',
  },
  unlimited: 'ilimitad[o|a](s), sin l[í|i]mite',
  disabled: 'deshabilitad[o|a](s), desactivad[o|a](s), bloquead[o|a](s), prohibid[o|a](s)',
  nothing: 'ningun[o|a], ninguno',
  inherited: 'heredado, hered*',
  total: 'total, suma, total general, totales',
  subtotal: 'subtotal, subtotales',
  statistic: 'promedio, media, mediana',
  parent: 'superior, parte de',
  joint: 'de',
  conjunction: 'y, e',
  page: 'página, p.',
  workspace: 'espacio de trabajo, área de trabajo',
  organization: 'organización, organizaciones, cliente, nombre, empresa',
  archived: 'archivad[a|o](s), eliminad[a|o](s), cerrad[a|o](s), antiguas',
  everything: 'todas( las), todos( los)',
  counter: 'elemento(s), clientes, empresas',
  furniture: 'fecha, generado, informe, período',
}

export default spanish
