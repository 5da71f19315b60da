// Words of the view of a run, in English and Korean.
import { language, word } from "../words.js";

const WORDS = {
  en: {
    show: "Show the run", title: "The run behind this answer", notKept: "The run of this answer was not kept.", lost: "The run could not be read.",
    timeline: "Timeline", graph: "Who asked whom", byTime: "By time", bySteps: "By steps", view: "View", axis: "Axis",
    hint: "Choose a bar to read what was asked and what came back. Arrow keys move between bars.",
    agents: "agents", chats: "model calls", tools: "tool calls", tokens: "tokens", cost: "cost", time: "time", model: "model", noPrice: "no price known", free: "no model tokens",
    masked: "Personal data and account numbers in this run are masked.", cut: "Rows of this run were left out to keep it small.",
    person: "You", asked: "asked", chat: "Model call", tool: "Tool call", agent: "Agent", turn: "turn", call: "call",
    started: "Began", took: "Took", read: "Tokens read", written: "Tokens written", cached: "from a cache", ended: "Ended", why: "Why it ended", calls: "Calls", asks: "Asked by", task: "Task",
    reply: "Reply", replyText: "In words", thought: "Reasoning", noReply: "No reply", whatRead: "What it read since its last turn", prompt: "Prompt of the role", offered: "Tools it was offered",
    arguments: "Arguments", gave: "What it gave", rows: "rows", noData: "Nothing matched", error: "Failed", statement: "Statement", searched: "Searched", moreRows: " further rows",
    fromUser: "Task", fromTools: "Results of its calls", fromModel: "Its reply before", evidence: "Evidence", said: "Said", request: "Typed request", notices: "Notes on the data",
    submits: "submits", says: "answers in words", nothing: "no call", times: "times",
    stop_done: "it submitted", stop_free_text: "plain text instead of a submission", stop_turn_limit: "no turns left", stop_tool_call_limit: "no calls left", stop_deadline: "no time left",
    stop_repetition: "the same call again and again", stop_model_failed: "the model gave no reply", stop_refused: "the model declined", stop_no_progress: "nothing new for three turns",
    stop_token_limit: "no tokens left", stop_money_limit: "no money left", stop_too_long: "too long for the model",
    end_end_of_turn: "end of turn", end_tool_use: "calls tools", end_max_tokens: "cut at its limit", end_refused: "declined",
  },
  ko: {
    show: "실행 과정 보기", title: "이 답변의 실행 과정", notKept: "이 답변의 실행 기록이 보관되어 있지 않습니다.", lost: "실행 기록을 읽지 못했습니다.",
    timeline: "타임라인", graph: "누가 누구에게 물었는지", byTime: "시간 기준", bySteps: "단계 기준", view: "보기", axis: "가로축",
    hint: "막대를 선택하면 질문과 응답 내용을 볼 수 있습니다. 화살표 키로 이동합니다.",
    agents: "에이전트", chats: "모델 호출", tools: "도구 호출", tokens: "토큰", cost: "비용", time: "시간", model: "모델", noPrice: "단가 미등록", free: "모델 토큰 없음",
    masked: "이 기록의 개인 정보와 계정 번호는 가려져 있습니다.", cut: "크기를 줄이기 위해 이 기록의 일부 행을 뺐습니다.",
    person: "사용자", asked: "질문", chat: "모델 호출", tool: "도구 호출", agent: "에이전트", turn: "차례", call: "호출",
    started: "시작", took: "소요", read: "읽은 토큰", written: "쓴 토큰", cached: "캐시에서 읽음", ended: "종료", why: "종료 이유", calls: "호출", asks: "요청한 에이전트", task: "작업",
    reply: "응답", replyText: "응답 문장", thought: "추론", noReply: "응답 없음", whatRead: "지난 차례 이후 새로 읽은 내용", prompt: "역할 프롬프트", offered: "사용할 수 있던 도구",
    arguments: "인자", gave: "결과", rows: "행", noData: "일치하는 데이터 없음", error: "실패", statement: "조회문", searched: "찾아본 곳", moreRows: "개 행 더 있음",
    fromUser: "작업", fromTools: "호출 결과", fromModel: "앞선 응답", evidence: "근거", said: "보고 내용", request: "정형 요청", notices: "데이터 유의 사항",
    submits: "제출", says: "문장으로 답함", nothing: "호출 없음", times: "회",
    stop_done: "제출 완료", stop_free_text: "제출 대신 문장만 응답함", stop_turn_limit: "차례 한도 도달", stop_tool_call_limit: "호출 한도 도달", stop_deadline: "시간 한도 도달",
    stop_repetition: "같은 호출을 반복함", stop_model_failed: "모델이 응답하지 않음", stop_refused: "모델이 거절함", stop_no_progress: "세 차례 동안 새로운 내용이 없음",
    stop_token_limit: "토큰 한도 도달", stop_money_limit: "비용 한도 도달", stop_too_long: "모델이 읽을 수 있는 길이를 넘음",
    end_end_of_turn: "차례 종료", end_tool_use: "도구 호출", end_max_tokens: "길이 한도에서 잘림", end_refused: "거절",
  },
};

/** A word of this view; words that the whole page shares come from there. */
export function say(key, fallback) {
  return WORDS[language()][key] ?? word(key, fallback);
}

/** A count with its noun: "3 agents", "에이전트 3". */
export function counted(count, noun) {
  return language() === "ko" ? `${say(noun)} ${number(count)}` : `${number(count)} ${say(noun)}`;
}

export function number(count) {
  return Number(count).toLocaleString(language());
}

/** A number of rows: "3 rows", "3행". */
export function rowsOf(count) {
  if (language() === "ko") return `${number(count)}${say("rows")}`;
  return `${number(count)} ${count === 1 ? say("row") : say("rows")}`;
}

/** What a tool is called; what ends a role's work is no tool to a reader. */
export function toolWord(name) {
  return name.startsWith("submit_") ? say("submits") : word(name, name);
}

/** A time in milliseconds as people read it. */
export function shown(ms) {
  if (ms < 1000) return `${ms} ms`;
  const seconds = ms < 10_000 ? (ms / 1000).toFixed(2) : (ms / 1000).toFixed(1);
  return language() === "ko" ? `${seconds}초` : `${seconds} s`;
}

/** An exact decimal of US dollars; zeros at its end say nothing. */
export function dollars(text) {
  if (text === null || text === undefined) return null;
  const exact = String(text);
  return `$${exact.includes(".") ? exact.replace(/0+$/, "").replace(/\.$/, "") : exact}`;
}
