/** What is said about visits in one language. {name}, {service}, {when}, {location} are filled in. */
export type VisitPhrases = {
  reminderSubject: string;
  reminder: string;
  confirmed: string;
  moved: string;
  booked: string;
  taken: string;
  choose: string;
  chooseButton: string;
  otherTime: string;
  weWillWrite: string;
  missed: string;
  due: string;
  overdue: string;
  /** Whole messages that say "I will come", folded. */
  yes: readonly string[];
  /** Whole messages that say "not then", folded. */
  no: readonly string[];
  /** What is said around an answer and means nothing. */
  politeness: readonly string[];
};
