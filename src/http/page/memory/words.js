// The words of memory on the page, in English and Korean.
import { language } from "../words.js";

const WORDS = {
  en: {
    memory: "Memory",
    remembered: "Remembered",
    notEvidence: "Your own words from earlier. No figure of this answer rests on them.",
    question: "You asked", correction: "You corrected", cause: "You confirmed", note: "You noted",
    means: "means", readAs: "read as",
    openConversation: "Open the conversation",
    forget: "Forget", forgotten: "Forgotten.", correct: "Correct", save: "Save", cancel: "Cancel",
    confirmCause: "Confirm a cause", causeLabel: "The cause, in your own words", causeHint: "e.g. the spring promotion doubled the orders",
    keep: "Keep", kept: "Kept. You can see, correct and forget it under Memory.",
    explain: "What you asked, corrected and confirmed is shown again when a later question is about the same. It is kept on this machine; a language model, where one is set up, reads as data what fits its question. No figure ever rests on it.",
    off: "Memory is off (WHEREFORE_MEMORY): nothing new is kept and nothing is brought back.",
    days: (days) => `Forgotten by itself after ${days} days.`,
    empty: "Nothing is remembered yet.",
    addNote: "Leave a note", noteLabel: "Note", noteHint: "e.g. the migration to Graviton ends in May",
    forgetAll: "Forget everything…", alsoConversations: "Delete every conversation, too", sure: "Forget everything for good",
    failed: "That did not work.", gone: "That conversation is not kept any more.",
  },
  ko: {
    memory: "기억",
    remembered: "기억",
    notEvidence: "예전에 직접 남기신 말씀입니다. 이 답변의 수치는 여기에 근거하지 않습니다.",
    question: "질문", correction: "정정", cause: "확인한 원인", note: "메모",
    means: "→", readAs: "→",
    openConversation: "대화 열기",
    forget: "잊기", forgotten: "잊었습니다.", correct: "고치기", save: "저장", cancel: "취소",
    confirmCause: "원인 확인", causeLabel: "확인한 원인을 직접 적어 주세요", causeHint: "예: 봄 프로모션으로 주문이 두 배로 늘었습니다",
    keep: "기억하기", kept: "기억했습니다. ‘기억’에서 보고 고치고 잊게 할 수 있습니다.",
    explain: "질문하고 정정하고 확인한 내용은 나중에 같은 대상을 물어보실 때 다시 보여 드립니다. 이 컴퓨터에 보관되며, 언어 모델을 쓰도록 설정한 경우에는 질문과 관련된 내용이 참고 자료로 전달됩니다. 어떤 수치의 근거로도 쓰이지 않습니다.",
    off: "기억 기능이 꺼져 있습니다(WHEREFORE_MEMORY). 새로 보관하지 않고 불러오지도 않습니다.",
    days: (days) => `${days}일이 지나면 저절로 잊습니다.`,
    empty: "아직 기억한 내용이 없습니다.",
    addNote: "메모 남기기", noteLabel: "메모", noteHint: "예: Graviton 이전은 5월에 끝납니다",
    forgetAll: "모두 잊기…", alsoConversations: "모든 대화도 함께 삭제", sure: "모두 영구히 잊기",
    failed: "처리하지 못했습니다.", gone: "그 대화는 더 이상 보관되어 있지 않습니다.",
  },
};

/** A word of memory in the page's language, or in `chosen`. */
export const say = (key, chosen = language()) => WORDS[chosen === "ko" ? "ko" : "en"][key];
