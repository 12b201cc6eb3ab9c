import type { Language } from '../vocabulary/language.ts'

const korean: Language = {
  name: 'Korean',
  types: {
    locations: '사이트, 위치, 지점, 거점',
    users: '사용자, 사용자*, 이용자',
    sso: '통합 인증, 싱글 사인온',
  },
  figures: {
    usage: '사용, 사용량, 사용 중, 사용됨',
    limit: '한도, 제한, 상한, 최대',
    direct: '직접, 직속',
    subtree: '하위 포함, 하위 조직 포함',
    free: '남음, 잔여, 사용 가능',
    share: '사용률',
    effective: '유효 한도',
  },
  unlimited: '무제한, 제한 없음',
  disabled: '사용 안 함, 비활성화, 비활성, 허용 안 됨',
  nothing: '없음, 무',
  inherited: '상속',
  total: '합계, 총계, 전체',
  subtotal: '소계',
  statistic: '평균, 중앙값',
  parent: '상위 조직',
  reversedJoint: '중',
  page: '페이지, 쪽',
  workspace: '작업 공간',
  organization: '조직, 조직명, 이름, 회사',
  archived: '보관된, 보관됨, 보관, 삭제된, 삭제됨, 종료된',
  everything: '모든, 전체',
  counter: '개, 곳, 건',
  furniture: '날짜, 생성, 보고서, 기간',
}

export default korean
