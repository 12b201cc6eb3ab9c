import type { Language } from '../vocabulary/language.ts'

const japanese: Language = {
  name: 'Japanese',
  types: {
    locations: '拠点',
    users: 'ユーザー',
    sso: 'シングルサインオン',
  },
  figures: {
    usage: '使用数, 使用中, 使用量',
    limit: '上限',
    direct: '直接, 自組織, 本組織',
    subtree: '配下含む, 配下, 全体',
    free: '残り, 空き',
    share: '使用率',
    effective: '有効な上限',
  },
  unlimited: '無制限',
  disabled: '無効, 利用不可',
  nothing: 'なし',
  inherited: '継承',
  total: '合計',
  subtotal: '小計',
  statistic: '平均, 中央値',
  parent: '親組織',
  page: 'ページ',
  workspace: 'ワークスペース( 名), ワークスペース名',
  organization: '組織, 組織名, 名称, 会社',
  furniture: '日付, 作成日, レポート, 期間',
}

export default japanese
