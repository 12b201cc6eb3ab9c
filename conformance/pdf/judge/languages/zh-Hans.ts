import type { Language } from '../vocabulary/language.ts'

const chinese: Language = {
  name: 'Chinese (simplified)',
  types: {
    locations: '站点, 地点, 位置',
    users: '用户',
    sso: '单点登录',
  },
  figures: {
    usage: '已用, 已使用, 用量, 使用量, 使用中',
    limit: '上限, 限额, 限制, 配额',
    direct: '本级, 直接',
    subtree: '含下级, 包含下级, 全体',
    free: '可用, 剩余',
    share: '利用率, 使用率, 百分比',
    effective: '有效上限',
  },
  unlimited: '无限制, 不限, 无上限',
  disabled: '禁用, 已禁用, 已停用, 停用',
  nothing: '无',
  inherited: '继承',
  total: '合计, 总计',
  subtotal: '小计',
  statistic: '平均, 中位数',
  parent: '上级, 上级组织',
  page: '页',
  workspace: '工作区',
  organization: '组织, 组织名称, 名称, 公司',
  archived: '已归档(的), 归档, 已存档(的), 存档, 已删除(的), 已关闭(的)',
  everything: '全部, 所有',
  counter: '个, 家, 项',
  furniture: '日期, 生成, 报告, 期间',
}

export default chinese
