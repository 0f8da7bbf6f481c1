import type { SubmissionAsked, SubmissionParts } from '../../dashboard/server/server-parts.ts';
import { previewPeriod, previewSubmission, type PreviewRequest } from '../submission/preview.ts';
import { packageDifference } from '../submission/package-difference.ts';
import { previewEdits, previewKeys } from '../submission/preview-edits.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** What a server tells of packages before they are made. */
export const submissionParts = (workspace: Workspace): SubmissionParts => {
  const requestOf = ({ reader, profile, from, to, signal }: SubmissionAsked): PreviewRequest => ({
    ...{ workspace, reader, profile, signal },
    period: previewPeriod(from, to),
  });
  return {
    preview: async (asked) => previewSubmission(requestOf(asked)),
    edits: async (asked) => previewEdits(requestOf(asked)),
    keys: async (asked) => previewKeys({ ...requestOf(asked), edit: asked.edit, limit: asked.limit }),
    difference: async (asked) => packageDifference(workspace, asked),
  };
};
