import type { StopLanguage } from "../stop-language.ts";

export const zh: StopLanguage = {
  code: "zh",
  stop: [
    "停止",
    "停",
    "退订",
    "退訂",
    "取消订阅",
    "取消訂閱",
    "不要再发",
    "不要再發",
    "别再发了",
    "別再發了",
    "不要发消息",
    "不要再联系我",
    "不要再聯絡我",
    "停止发送",
    "拒收",
    "停止接收",
  ],
  typedStop: ["取消"],
  start: ["开始", "開始", "订阅", "訂閱", "恢复", "恢復"],
  polite: ["请", "請", "谢谢", "謝謝", "你好", "您好", "麻烦", "麻煩"],
  stopped: "您将不会再在这里收到我们的消息。回复 START 可重新接收。",
  started: "欢迎回来：您将重新收到我们的消息。随时回复 STOP 即可停止。",
};
