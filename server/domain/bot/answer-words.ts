/** What people write to a question besides its answer, in one language. Compared folded, word by word. */
type AnswerWords = {
  /** "I have none": one of these, with nothing else than `besideNone`. */
  none: string;
  /** "Just me": to the question for the company only. */
  alone: string;
  besideNone: string;
  /** Greetings, thanks, consent, putting off: an answer made of these alone says nothing. */
  talk: string;
  /** Words of sentences; who names somebody or a company needs none of them. */
  speech: string;
};

export const answerWords: AnswerWords[] = [
  {
    none: "no none nope nothing not without don dont haven havent nobody na",
    alone: "private privately individual personal me myself freelancer freelance self student unemployed retired",
    besideNone:
      "i m am a an the have has got any company companies business firm organisation organization employer one it s is of my own with for as just only alone work employed here currently at t do does email e mail address name person so thank thanks you sorry and customer yet applicable small",
    talk: "ok okay yes yeah yep sure hi hello hey thank thanks thx you great good fine cool nice later soon tomorrow wait moment minute one a sec second please hmm hm haha hahaha lol wow sorry maybe perhaps bye goodbye morning afternoon evening alright perfect very much lot again idk dunno idea nevermind never mind stop",
    speech:
      "i im ive you youre he she they this that these those is are was were been has had did does dont doesnt didnt cant wont isnt don doesn didn isn aren want wants need needs know tell told said asked speak since already broken because what why how when where who which would could should we our let wait check depends looking see same",
  },
  {
    none: "no ninguna ninguno nada sin",
    alone: "particular privado privada personal autonomo autonoma jubilado jubilada estudiante yo cuenta",
    besideNone:
      "soy tengo una un la el empresa compañia negocio de es para mi solo sola persona cliente por ahora gracias trabajo propia mi pequeña correo electronico email uso",
    talk: "si claro vale bueno buena buenas buenos dia dias tardes noches hola gracias muchas luego despues mas tarde mañana momento un ahora perfecto listo espere espera adios de nada quizas bien idea se lo por que",
    speech:
      "yo usted ustedes soy eres estoy tengo tiene tienen tienes quiero quiere necesito dije dijo puedo puede pueden hablo habla hablan porque cuando donde desde hace llamo sabe depende miro mirando",
  },
  {
    none: "não nenhuma nenhum nada sem",
    alone: "particular pessoal autonomo autonoma fisica eu aposentado aposentada estudante conta",
    besideNone:
      "sou tenho uma um a o empresa negocio de e para mim so sozinho sozinha pessoa cliente por enquanto obrigado obrigada trabalho propria minha pequena email uso",
    talk: "sim claro certo tudo bem bom boa dia tarde noite ola oi obrigado obrigada muito depois mais amanha momento um agora perfeito pronto espera tchau talvez beleza ideia sei por que",
    speech:
      "eu voce voces sou estou tenho quero preciso disse falei posso pode porque quando onde desde chamo fala falam depende olhando",
  },
  {
    none: "nein nee kein keine keinen keins nichts ohne",
    alone:
      "privat privatperson privatkunde privatkundin privater selbst selbstständig ich rentner rentnerin student studentin freiberufler rechnung",
    besideNone:
      "bin habe haben wir eine einen ein firma unternehmen betrieb geschäft für mich als nur allein alleine kunde person es gibt ist danke e mail adresse arbeite auf eigene meine kleine kleines",
    talk: "ja gut gern gerne danke vielen dank schön sehr bitte hallo guten tag morgen abend später nachher gleich moment einen klar super perfekt vielleicht tschüss servus moin ahnung",
    speech:
      "ich du bin bist habe hast haben heiße möchte brauche brauchen kann können weil wann warum gesagt seit kaputt nicht sprechen sprichst ist sind wir mir mich wo weiß gucken schaue",
  },
  {
    none: "non aucun aucune rien sans pas",
    alone:
      "particulier particulière privé privée moi indépendant indépendante étudiant étudiante retraité retraitée personnel compte",
    besideNone:
      "je j suis ai n en une un l la le d de entreprise société boîte c est pour seul seule personne client merci juste seulement e mail adresse travaille à titre ne y mon ma petite",
    talk: "oui merci beaucoup bien d accord bonjour bonsoir salut plus tard après demain un moment instant parfait super peut être au revoir idée",
    speech:
      "je suis veux voudrais avez parlez dit quand pourquoi depuis cassé appelle pouvez cherche cherchons déjà sais dépend regarde",
  },
  {
    none: "nahi nahin नहीं",
    alone: "akela akeli khud niji अकेला खुद निजी",
    besideNone:
      "mere mera meri paas pas koi kuch company hai hain main hoon hu ki ka ke email मेरे मेरा मेरी पास कोई कुछ कंपनी कम्पनी है हैं मैं हूँ के की जी",
    talk: "haan theek thik hai accha acha baad mein namaste dhanyavaad shukriya हाँ ठीक है अच्छा बाद में नमस्ते धन्यवाद शुक्रिया जी",
    speech:
      "मैं मुझे मेरा मेरी मेरे आप है हैं हूँ क्या नहीं चाहिए था थी mujhe mera meri mere aap hai hain hoon hun kya nahi nahin chahiye bol raha rahi tha",
  },
];
