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
