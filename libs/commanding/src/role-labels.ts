import { labels, type Labels, type Role } from '@saksgang/kernel';

/** As a refusal names them. */
export const ROLE_LABELS: Record<Role, Labels> = {
  public: labels('publikum', 'publikum', 'the public'),
  steering: labels('styringsgruppen', 'styringsgruppa', 'the steering group'),
  secretariat: labels('sekretariatet', 'sekretariatet', 'the secretariat'),
  auditor: labels('revisor', 'revisor', 'the auditor'),
  admin: labels('administrator', 'administrator', 'the administrator'),
};
