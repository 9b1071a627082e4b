/** Hints to a person's pages: the list of notices has changed. */
export const noticesTopic = (userId: string): string => `notices:${userId}`;

export interface NoticesHint {
  /** RFC 3339. */
  readonly at: string;
}
