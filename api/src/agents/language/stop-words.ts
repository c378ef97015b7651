/** Folded words that carry a question but name nothing, Portuguese and English. */
export const STOP_WORDS: readonly string[] = (
  'a o as os um uma uns umas de da do das dos em na no nas nos num numa ao aos e ou que com sem por para pra pela pelo ' +
  'pelas pelos ate entre sobre se sim nao me meu minha meus minhas nosso nossa nossos nossas seu sua eu nos voce voces ' +
  'ele ela eles elas isso isto esse essa este esta estes estas aquele aquela qual quais quanto quanta quantos quantas ' +
  'quando onde como quem porque foi foram ser sao e esta estao estava teve tive tivemos tem temos tenho ter ha houve ' +
  'vai vao ja ainda so tambem bem mal muito pouco todo toda todos todas total geral conta contas facebook meta ads ' +
  'anuncio anuncios mostre mostra mostrar liste lista listar diga dizer ver veja quero queria gostaria preciso pode ' +
  'posso me fala fale conte oi ola bom boa dia tarde noite favor obrigado obrigada chamada chamado nome id dias semana ' +
  'mes ano periodo indo ' +
  'the an of in on at by for from to with without and or is are was were be been being am do does did done have has had ' +
  'will would can could should may might my our your their its his her i we you they he she it this that these those ' +
  'what which who whom how when where why much many more most all any each every some no not so too very just only ' +
  'please show list tell give get let me us about over account named called name days week month year period during ' +
  'hi hello hey thanks thank going'
).split(' ');
