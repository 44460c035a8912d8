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
  /** Of a mail that proposes times. */
  proposalSubject: string;
  /** What it ends with: nothing there can be tapped. */
  answerMail: string;
  /** Whole messages that say "I will come", folded. */
  yes: readonly string[];
  /** Whole messages that say "not then", folded. */
  no: readonly string[];
  /** What a longer sentence says "not then" by, folded. */
  refusals: readonly string[];
  /** A sentence with one of these only asks what would be if. */
  conditions: readonly string[];
  /** What is said around an answer and means nothing. */
  politeness: readonly string[];
};
