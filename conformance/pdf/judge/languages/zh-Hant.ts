import type { Language } from '../vocabulary/language.ts'

const chinese: Language = {
  name: 'Chinese (traditional)',
  types: {
    locations: '據點, 地點, 站點',
    users: '使用者, 用戶',
    sso: '單一登入',
  },
  figures: {
    usage: '已使用, 已用, 用量, 使用量, 使用中',
    limit: '上限, 限額, 限制, 配額',
    direct: '直接, 本級, 自身',
    subtree: '含下級, 含下層, 包含下級',
    free: '可用, 剩餘',
    share: '使用率, 百分比',
    effective: '有效上限',
  },
  unlimited: '無限制, 不限, 無上限',
  disabled: '已停用, 停用, 禁用',
  nothing: '無',
  inherited: '繼承',
  total: '總計, 合計, 總和',
  subtotal: '小計',
  statistic: '平均, 中位數',
  parent: '上級組織, 上層組織',
  page: '頁',
  workspace: '工作區, 工作空間',
  organization: '組織, 組織名稱, 客戶, 名稱, 公司',
  archived: '已封存(的), 封存, 已歸檔(的), 歸檔, 已刪除(的), 已關閉(的)',
  everything: '全部, 所有',
  counter: '個, 家, 項',
  furniture: '日期, 產生, 報告, 期間',
}

export default chinese
