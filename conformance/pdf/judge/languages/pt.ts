import type { Language } from '../vocabulary/language.ts'

const portuguese: Language = {
  name: 'Portuguese',
  types: {
    locations: 'localizações, localização, unidades, locais',
    users: 'utilizadores, usuári[o|a]s, utilizador, usuário',
    sso: 'início de sessão único, logon único',
  },
  figures: {
    usage: 'usado(s), em uso, uso, utilizad[o|a](s), utilização, consumo',
    limit: 'limite, limites, teto(s), máximo(s), permitid[o|a](s), de',
    direct: 'direto, diretos, próprio(s)',
    subtree: 'total, acumulado(s), subárvore, com filiais, filiais, inclu[sive|indo]',
    free: 'disponív[el|eis], livre(s), restante(s)',
    share: 'percentagem, porcentagem',
    effective: 'limite efetivo, efetivo, limitado *',
  },
  unlimited: 'ilimitad[o|a](s), sem limite',
  disabled: 'desativad[o|a](s), bloquead[o|a](s)',
  nothing: 'nenhum(a)',
  inherited: 'herdad[o|a](s)',
  total: 'total, total geral, totais, soma',
  subtotal: 'subtotal, subtotais',
  statistic: 'média, mediana',
  parent: 'superior, parte de',
  joint: 'de',
  conjunction: 'e',
  page: 'página, pág.',
  workspace: 'espaço de trabalho, área de trabalho',
  organization: 'organização, organizações, cliente, nome, empresa',
  archived: 'arquivad[a|o](s), eliminad[a|o](s), excluíd[a|o](s), encerrad[a|o](s), antigas',
  everything: 'todas( as), todos( os)',
  counter: 'itens, clientes, empresas',
  furniture: 'data, gerado, relatório, período',
}

export default portuguese
