import type { StopLanguage } from "../stop-language.ts";

export const id: StopLanguage = {
  code: "id",
  stop: [
    "berhenti",
    "keluar",
    "hentikan",
    "stop pesan",
    "jangan kirim pesan lagi",
    "jangan kirim lagi",
    "jangan hubungi saya",
    "hapus saya",
    "berhenti berlangganan",
    "berhenti kirim pesan",
    "tolong berhenti",
    "unsub",
  ],
  typedStop: ["batal"],
  start: ["mulai", "lanjutkan", "berlangganan"],
  polite: ["tolong", "mohon", "terima kasih", "makasih", "ya", "halo"],
  stopped: "Anda tidak akan menerima pesan dari kami lagi di sini. Tulis START untuk menerimanya kembali.",
  started: "Selamat datang kembali: Anda akan menerima pesan kami lagi. Tulis STOP kapan saja untuk berhenti.",
};
