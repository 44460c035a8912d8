import { describe, expect, test } from "vitest";
import { readProfile } from "../../../server/domain/intake/read-profile.ts";

describe("an address that is somebody else's is not the writer's", () => {
  test.each([
    "My colleague's email is bob@acme.com",
    "my boss's e-mail: bob@acme.com",
    "Please write to my wife, bob@acme.com",
    "You can send it to our accountant at bob@acme.com.",
    "I am away, my assistant will answer from bob@acme.com",
    "His email is bob@acme.com",
    "Bob's email is bob@acme.com",
    "bob@acme.com is my manager's",
    "bob@acme.com (my business partner)",
    "El correo de mi colega es bob@acme.com",
    "Escríbale a mi jefe: bob@acme.com",
    "Mi esposa tiene el correo bob@acme.com",
    "O e-mail do meu chefe é bob@acme.com",
    "o email da minha sócia: bob@acme.com",
    "O email dele é bob@acme.com",
    "Die E-Mail meines Kollegen ist bob@acme.com",
    "Bitte an meine Chefin schicken: bob@acme.com",
    "Die Adresse von meinem Mann lautet bob@acme.com",
    "L'adresse mail de mon collègue est bob@acme.com",
    "Écrivez à ma femme : bob@acme.com",
    "mere dost ka email bob@acme.com hai",
    "mere boss ki mail id bob@acme.com hai",
    "मेरे दोस्त का ईमेल bob@acme.com है",
    "मेरी पत्नी का ईमेल: bob@acme.com",
  ])("%s", (text) => expect(readProfile(text).email).toBeUndefined());

  test.each([
    ["My wife's number is +49 151 23456789"],
    ["El número de mi jefe es +52 55 1234 5678"],
    ["meines Kollegen Nummer: +49 151 23456789"],
  ])("nor a number: %s", (text) => expect(readProfile(text).phone).toBeUndefined());

  test.each(["My wife's name is Maria Lopez", "My boss's name: Maria Lopez"])("nor a name: %s", (text) =>
    expect(readProfile(text).name).toBeUndefined(),
  );
});

describe("an address that the reader has, that was written to, or that nobody is to use, is not the writer's", () => {
  test.each([
    "Please don't email me at bob@acme.com",
    "do not send anything to bob@acme.com",
    "Stop writing to bob@acme.com",
    "Is your email bob@acme.com?",
    "Is bob@acme.com your email?",
    "Is it bob@acme.com?",
    "Is bob@acme.com the right address?",
    "Did you get my message to bob@acme.com?",
    "I sent an email to bob@acme.com last week",
    "I wrote to bob@acme.com but nobody answered",
    "Can I reach you at bob@acme.com?",
    "Por favor no me escriban a bob@acme.com",
    "¿Su correo es bob@acme.com?",
    "¿Es bob@acme.com tu correo?",
    "¿Recibieron mi mensaje a bob@acme.com?",
    "Envié un correo a bob@acme.com",
    "Por favor não me escrevam para bob@acme.com",
    "O seu e-mail é bob@acme.com?",
    "Vocês receberam minha mensagem para bob@acme.com?",
    "Enviei um email para bob@acme.com",
    "Bitte schreiben Sie mir nicht an bob@acme.com",
    "Ist Ihre E-Mail bob@acme.com?",
    "Haben Sie meine Nachricht an bob@acme.com bekommen?",
    "Ich habe eine Mail an bob@acme.com geschickt",
    "Ne m'écrivez pas à bob@acme.com",
    "Votre adresse est bob@acme.com ?",
    "Avez-vous reçu mon message à bob@acme.com ?",
    "J'ai envoyé un mail à bob@acme.com",
    "mujhe bob@acme.com par email mat bhejo",
    "kya aapka email bob@acme.com hai?",
    "kya bob@acme.com par mera message mila?",
    "मुझे bob@acme.com पर ईमेल मत भेजिए",
    "क्या आपका ईमेल bob@acme.com है?",
    "क्या bob@acme.com पर मेरा मैसेज मिला?",
  ])("%s", (text) => expect(readProfile(text).email).toBeUndefined());

  test.each([
    "Can you send it to ana@sol.mx?",
    "Could you email me at ana@sol.mx?",
    "Hi ana@sol.mx here, how much is it?",
    "What does it cost, ana@sol.mx?",
    "Thanks for your email, please use ana@sol.mx from now on",
    "Tu peux envoyer le devis à ana@sol.mx ?",
    "kya aap ana@sol.mx par bhej sakte hain?",
    "Please send an email to ana@sol.mx",
    "Don't write to bob@acme.com, write to ana@sol.mx",
    "Did you get my message? My email is ana@sol.mx",
    "Is your email bob@acme.com? Mine is ana@sol.mx",
    "Send your offer to ana@sol.mx please",
    "¿Me lo puede enviar a ana@sol.mx?",
    "¿Pueden escribirme a ana@sol.mx?",
    "Não me ligue, mande para ana@sol.mx",
    "Pode enviar para ana@sol.mx?",
    "Können Sie das Angebot an ana@sol.mx schicken?",
    "Bitte nicht anrufen, meine Mail ist ana@sol.mx",
    "Pouvez-vous l'envoyer à ana@sol.mx ?",
    "Ne m'appelez pas, mon mail est ana@sol.mx",
    "ana@sol.mx par bhejiye",
    "ana@sol.mx par brochure bhejo",
    "ana@sol.mx पर भेजिए",
  ])("but %s", (text) => expect(readProfile(text).email).toBe("ana@sol.mx"));
});

describe("the writer's own is, whoever else is spoken of", () => {
  test.each([
    "My email is ana@sol.mx",
    "My boss asked for a demo. My email is ana@sol.mx",
    "My colleague and I want a demo, write us at ana@sol.mx",
    "My husband recommended you, my email is ana@sol.mx",
    "My email is ana@sol.mx and my boss's is bob@acme.com",
    "My boss's email is bob@acme.com and my email is ana@sol.mx",
    "ana@sol.mx and my colleague bob@acme.com",
    "Mi jefe me pidió una demo, mi correo es ana@sol.mx",
    "mi correo es ana@sol.mx, el de mi jefe bob@acme.com",
    "Meu chefe pediu, meu email é ana@sol.mx",
    "Mein Chef möchte eine Demo, meine E-Mail ist ana@sol.mx",
    "Mon chef demande, mon mail est ana@sol.mx",
    "mere boss ko demo chahiye, mera email ana@sol.mx hai",
    "मेरे बॉस को डेमो चाहिए, मेरा ईमेल ana@sol.mx है",
    "My wife says hello\nEmail: ana@sol.mx",
    "ana@sol.mx",
  ])("%s", (text) => expect(readProfile(text).email).toBe("ana@sol.mx"));

  test("so is the number, and the name", () => {
    expect(readProfile("My boss's is +49 151 11111111, mine, my number, is +49 151 23456789").phone).toBe(
      "+4915123456789",
    );
    expect(readProfile("My wife recommended you, my name is Ana López").name).toBe("Ana López");
  });
});
