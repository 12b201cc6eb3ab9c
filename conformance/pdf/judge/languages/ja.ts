import type { Language } from '../vocabulary/language.ts'

const japanese: Language = {
  name: 'Japanese',
  types: {
    locations: '拠点, 拠点数, ロケーション, 場所',
    users: 'ユーザー, ユーザー数, ユーザ, 利用者',
    sso: 'シングルサインオン, sso接続',
  },
  figures: {
    usage: '使用数, 使用中, 使用量, 使用済み, 利用数, 利用中',
    limit: '上限, 上限数, 制限, 最大',
    direct: '直接, 自組織, 本組織',
    subtree: '配下含む, 配下, 全体',
    free: '残り, 空き, 残数, 利用可能',
    share: '使用率, 利用率',
    effective: '有効な上限',
  },
  unlimited: '無制限, 上限なし, 制限なし',
  disabled: '無効, 利用不可, 使用不可, 停止',
  nothing: 'なし',
  inherited: '継承',
  total: '合計, 総計, 全体合計',
  subtotal: '小計',
  statistic: '平均, 中央値',
  parent: '親組織',
  reversedJoint: 'のうち, 中',
  page: 'ページ',
  workspace: 'ワークスペース( 名), ワークスペース名',
  organization: '組織, 組織名, 顧客, 名称, 会社',
  archived: 'アーカイブ済み(の), アーカイブ, 削除済み(の), 終了した',
  everything: 'すべて, 全て, 全',
  counter: '件, 社, 個',
  furniture: '日付, 作成日, レポート, 期間',
}

export default japanese
