import { CommentNoteRow, CommentThreadRow } from './comments.entity.js';
import { CommentsResolver, commentsChangedResolver } from './comments.resolver.js';
import { CommentsService, type CommentsDeps } from './comments.service.js';
import { CommentsStore } from './comments.store.js';

export const commentsEntities = [CommentThreadRow, CommentNoteRow] as const;

/** Conversations and suggestions beside the plans' text. */
export function createComments(deps: Omit<CommentsDeps, 'store'>): { service: CommentsService; resolvers: object[] } {
  const service = new CommentsService({ ...deps, store: new CommentsStore(deps.db) });
  return { service, resolvers: [new CommentsResolver(service), commentsChangedResolver(service)] };
}
