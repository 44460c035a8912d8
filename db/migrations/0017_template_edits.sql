-- WhatsApp takes one edit of an approved template in 24 hours; the simulator needs to know when the last one was.
alter table simulator_templates add column edited_at timestamptz(3);
