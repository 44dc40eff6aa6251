import { mayInTenant, type Role } from "./role.ts";

/** Whom a comment on a finding is for: everybody who sees the finding, or not the auditors among them. */
export type CommentAudience = "everybody" | "not_auditors";

/** The comments that a role reads, and may write if it may comment at all: nobody writes what he would not read. */
export function audiencesOf(role: Role): readonly CommentAudience[] {
  return mayInTenant(role, "finding:read_internal") ? ["everybody", "not_auditors"] : ["everybody"];
}
